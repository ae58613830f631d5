/** The object store: uploads and model artifacts as named objects. */
package io.framewarden.runtime.store;
