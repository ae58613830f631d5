package io.framewarden.extraction.extract;

/** No decoder can be started on this machine; fatal, and no video's fault. */
public final class DecoderUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DecoderUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
