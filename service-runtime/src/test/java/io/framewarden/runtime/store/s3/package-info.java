/** The S3 store against a real S3 server. */
package io.framewarden.runtime.store.s3;
