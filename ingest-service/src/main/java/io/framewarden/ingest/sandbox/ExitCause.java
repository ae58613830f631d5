package io.framewarden.ingest.sandbox;

import io.framewarden.v1.FailureReason;
import java.util.Locale;

/** Why a decoder process ended, and what that says of the video that it was given. */
enum ExitCause {
  /** It had extracted its share of videos. */
  RECYCLED(FailureReason.FAILURE_REASON_UNSPECIFIED),
  /** It died by itself. */
  CRASHED(FailureReason.DECODER_CRASHED),
  /** It was killed, and not from here: most likely the machine ran out of memory. */
  KILLED(FailureReason.DECODER_INTERRUPTED),
  /** It worked, and made no progress. */
  STALLED(FailureReason.DECODER_CRASHED),
  /** It made no progress and did no work. */
  IDLE(FailureReason.DECODER_INTERRUPTED),
  /** Its video took too much work. */
  DEADLINE(FailureReason.DECODER_TIMED_OUT),
  /** Its video took too long, for most of which it could not work. */
  STARVED(FailureReason.DECODER_STARVED),
  /** It sent what no decoder of ours sends. */
  PROTOCOL_ERROR(FailureReason.DECODER_CRASHED),
  /** Nobody wanted its answer any more. */
  CANCELLED(FailureReason.FAILURE_REASON_UNSPECIFIED);

  private final FailureReason failure;

  ExitCause(FailureReason failure) {
    this.failure = failure;
  }

  /** Why the video failed; unspecified where it did not. */
  FailureReason failure() {
    return failure;
  }

  /** As a metric's label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
