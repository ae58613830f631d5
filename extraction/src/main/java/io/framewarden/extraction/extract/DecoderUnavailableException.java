package io.framewarden.extraction.extract;

/** No decoder process can be started on this machine: fatal, and not the fault of any video. */
public final class DecoderUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DecoderUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
