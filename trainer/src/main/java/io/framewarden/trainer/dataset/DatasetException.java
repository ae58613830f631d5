package io.framewarden.trainer.dataset;

/** Faces that cannot be trained or evaluated on. The message says which, why and what to do. */
public final class DatasetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
