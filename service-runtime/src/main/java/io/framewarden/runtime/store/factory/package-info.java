/** Opens an object store by its configuration: a folder or an S3 bucket. */
package io.framewarden.runtime.store.factory;
