/** The decoder's own process: what runs confined, and what hostile files may take over. */
package io.framewarden.ingest.sandbox.child;
