package io.framewarden.detector.release;

/** An artifact that must not score. The message names the folder, the digests and the numbers. */
public final class ModelRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelRefusedException(String message) {
    super(message);
  }

  ModelRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
