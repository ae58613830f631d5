package io.framewarden.ingest.sandbox;

/** A child ended before its video did. */
final class DecoderException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ChildEnd end;

  DecoderException(ChildEnd end, String message) {
    super(message);
    this.end = end;
  }

  ChildEnd end() {
    return end;
  }
}
