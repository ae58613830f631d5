package io.framewarden.ingest.sandbox;

/**
 * A child that has said it is ready.
 *
 * @param digest of the recipe that it extracts by
 */
record WarmChild(DecoderChild process, String digest) {}
