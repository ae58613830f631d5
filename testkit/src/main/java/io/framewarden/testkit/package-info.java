/** What the tests of several modules share. Test scope everywhere but in benchmarks. */
package io.framewarden.testkit;
