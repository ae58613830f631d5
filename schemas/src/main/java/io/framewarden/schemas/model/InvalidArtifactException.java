package io.framewarden.schemas.model;

/** Thrown for an artifact folder that must not be loaded; names the folder, the file and why. */
public final class InvalidArtifactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidArtifactException(String message) {
    super(message);
  }

  public InvalidArtifactException(String message, Throwable cause) {
    super(message, cause);
  }
}
