package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;

/** A file that is not decoded; the message says what is wrong with it and what to do. */
public class VideoException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  public VideoException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FailureReason reason() {
    return reason;
  }
}
