package io.framewarden.ingest.submission;

import io.framewarden.v1.FailureReason;

/** An upload that was not taken; the message says why and what to do. Nothing of it was kept. */
public final class UploadRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  public UploadRefusedException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FailureReason reason() {
    return reason;
  }
}
