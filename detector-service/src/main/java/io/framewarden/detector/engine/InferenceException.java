package io.framewarden.detector.engine;

/** The engine cannot load a model or cannot answer: nothing that a single face could cause. */
public final class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InferenceException(String message) {
    super(message);
  }

  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
