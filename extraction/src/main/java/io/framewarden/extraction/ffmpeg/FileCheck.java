package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks a file before FFmpeg opens it. Stateless. */
final class FileCheck {
  private FileCheck() {}

  /**
   * Checks the size of a file, the header of an .mp4 or .mov, and the frames of an image that is to
   * be read as a video.
   *
   * @throws VideoException EMPTY_INPUT, TOO_LARGE, SOURCE_MISSING, and as {@link MovieHeaderCheck}
   *     and {@link ImageFileCheck}
   */
  static void check(Path file, MediaKind kind, DecodeLimits limits) throws VideoException {
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
      throw VideoException.unreadable(file);
    }
    MovieHeaderCheck.check(file);
    if (kind == MediaKind.VIDEO) {
      ImageFileCheck.check(file, limits);
    }
  }
}
