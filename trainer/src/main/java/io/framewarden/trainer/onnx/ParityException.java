package io.framewarden.trainer.onnx;

/** An exported graph that does not compute what its network computes, and must not be published. */
public final class ParityException extends Exception {

  private static final long serialVersionUID = 1;

  /** An exception that says how far apart the two are. */
  public ParityException(String message) {
    super(message);
  }
}
