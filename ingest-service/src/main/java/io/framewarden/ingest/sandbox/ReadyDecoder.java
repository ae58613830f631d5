package io.framewarden.ingest.sandbox;

/**
 * A child that has said it is ready.
 *
 * @param digest of the recipe that it extracts by
 * @param problem why processors decode, though a GPU was to; empty where all is well
 * @param weakness what it could not forbid itself; empty where all is well
 */
record ReadyDecoder(DecoderProcess process, String digest, String problem, String weakness) {}
