package io.framewarden.ingest.sandbox;

/** A child ended before its video did. */
final class DecoderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCause end;

  DecoderException(ExitCause end, String message) {
    super(message);
    this.end = end;
  }

  ExitCause end() {
    return end;
  }
}
