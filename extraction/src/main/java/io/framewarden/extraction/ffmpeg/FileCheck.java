package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What can be said of a file before it is opened. Stateless. */
final class FileCheck {
  private FileCheck() {}

  /**
   * Checks its size, and a movie's header.
   *
   * @throws VideoException EMPTY_INPUT, TOO_LARGE, SOURCE_MISSING, and as {@link MovieHeaderCheck}
   */
  static void check(Path file, DecodeLimits limits) throws VideoException {
    try {
      long bytes = Files.size(file);
      if (bytes == 0) {
        throw new VideoException(FailureReason.EMPTY_INPUT, "the file is empty; upload it again");
      }
      if (bytes > limits.maxBytes()) {
        throw new VideoException(
            FailureReason.TOO_LARGE,
            "the file has "
                + bytes
                + " bytes, more than the "
                + limits.maxBytes()
                + " allowed; upload a smaller version");
      }
    } catch (IOException e) {
      throw new VideoException(
          FailureReason.SOURCE_MISSING,
          "the file " + file.getFileName() + " cannot be read; check that it is there");
    }
    MovieHeaderCheck.check(file);
  }
}
