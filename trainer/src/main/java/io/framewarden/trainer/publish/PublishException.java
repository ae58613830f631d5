package io.framewarden.trainer.publish;

/** A model that must not be published, or a folder that it cannot be written to; says why. */
public final class PublishException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PublishException(String message) {
    super(message);
  }
}
