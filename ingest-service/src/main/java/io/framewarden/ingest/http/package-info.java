/**
 * The HTTP API: hand videos in, whole, in parts or by URI; ask how far they are and what the
 * verdict is; delete them. Every ingest process serves it, and so does {@code framewarden serve}.
 */
package io.framewarden.ingest.http;
