package io.framewarden.ingest.sandbox;

/** A child ended before its video did. */
final class DecoderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCause exitCause;

  DecoderException(ExitCause exitCause, String message) {
    super(message);
    this.exitCause = exitCause;
  }

  ExitCause exitCause() {
    return exitCause;
  }
}
