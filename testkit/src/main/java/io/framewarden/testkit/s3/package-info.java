/** A real S3 server (S3Proxy, in memory) for tests, with one empty bucket for each test. */
package io.framewarden.testkit.s3;
