/** The object store in an S3 bucket; the only room that touches the AWS SDK. */
package io.framewarden.runtime.store.s3;
