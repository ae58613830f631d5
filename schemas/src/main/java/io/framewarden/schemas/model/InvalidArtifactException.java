package io.framewarden.schemas.model;

/** An artifact folder that must not be loaded. The message names the folder, the file and why. */
public final class InvalidArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidArtifactException(String message) {
    super(message);
  }

  public InvalidArtifactException(String message, Throwable cause) {
    super(message, cause);
  }
}
