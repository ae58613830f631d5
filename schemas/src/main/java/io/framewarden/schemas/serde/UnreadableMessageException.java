package io.framewarden.schemas.serde;

import io.framewarden.v1.FailureReason;

/**
 * Thrown for a message that cannot be used: not the Protobuf message of its topic, or one with a
 * required field missing or out of range. The reader sends the original bytes to dead-letters with
 * {@link #reason()} and goes on.
 */
public final class UnreadableMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  public UnreadableMessageException(FailureReason reason, String message) {
    this(reason, message, null);
  }

  public UnreadableMessageException(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** {@code UNREADABLE_MESSAGE} or {@code INVALID_MESSAGE}. */
  public FailureReason reason() {
    return reason;
  }
}
