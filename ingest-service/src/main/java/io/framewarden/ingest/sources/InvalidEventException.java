package io.framewarden.ingest.sources;

import io.framewarden.v1.FailureReason;

/** A message that brings no upload; the message says why. It belongs to the dead letters. */
public final class InvalidEventException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  public InvalidEventException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FailureReason reason() {
    return reason;
  }
}
