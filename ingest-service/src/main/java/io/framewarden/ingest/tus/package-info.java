/**
 * Resumable uploads after the tus 1.0 protocol, without its HTTP: unfinished content in a local
 * folder, appended to, checked, handed in when whole, removed when it is left lying.
 */
package io.framewarden.ingest.tus;
