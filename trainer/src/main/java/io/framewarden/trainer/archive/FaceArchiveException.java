package io.framewarden.trainer.archive;

import java.io.IOException;

/**
 * A file that is no face archive that can be read, or a damaged one. The message names the file and
 * the remedy.
 */
public final class FaceArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  public FaceArchiveException(String message) {
    super(message);
  }

  public FaceArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
