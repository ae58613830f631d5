package io.framewarden.trainer.archive.export;

import java.io.IOException;
import java.nio.file.Path;

/** A label table that cannot be used; the message names file, line and remedy. */
public final class LabelTableException extends IOException {
  private static final long serialVersionUID = 1L;

  LabelTableException(Path file, int line, String what) {
    super(file + " line " + line + ": " + what);
  }
}
