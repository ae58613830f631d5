/** The ingest process; its rooms are the packages below. */
package io.framewarden.ingest;
