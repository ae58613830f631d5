package io.framewarden.ingest.sandbox;

import java.util.Locale;

/** Why a decoder process ended. */
enum ExitCause {
  /** It had extracted its share of videos. */
  RECYCLED,
  /** It died. */
  CRASHED,
  /** It made no progress. */
  STALLED,
  /** Its video took too long. */
  DEADLINE,
  /** It sent what no decoder of ours sends. */
  PROTOCOL_ERROR,
  /** Nobody wanted its answer any more. */
  CANCELLED;

  /** As a metric's label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
