package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;
import java.nio.file.Path;

/** A file that is not decoded; the message says what is wrong with it and what to do. */
public class VideoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  public VideoException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A file that the file system does not let us read. */
  public static VideoException unreadable(Path file) {
    return new VideoException(
        FailureReason.SOURCE_MISSING,
        "the file " + file.getFileName() + " cannot be read; check that it is there");
  }

  /** A stream of which not one frame can be decoded. */
  static VideoException withoutFrames(boolean damaged, long maxPixels) {
    return new VideoException(
        damaged ? FailureReason.CORRUPT : FailureReason.NO_FRAMES,
        damaged
            ? "not one frame can be decoded: the file is damaged, or its frames have more than "
                + maxPixels
                + " pixels; check that it plays, and upload it again"
            : "the video stream holds no frame; upload a video that plays");
  }

  public FailureReason reason() {
    return reason;
  }
}
