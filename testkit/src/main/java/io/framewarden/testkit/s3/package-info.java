/** A real S3 server for tests. */
package io.framewarden.testkit.s3;
