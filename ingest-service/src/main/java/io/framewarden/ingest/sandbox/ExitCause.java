package io.framewarden.ingest.sandbox;

import java.util.Locale;

/** Why a child's life ended. */
enum ExitCause {
  /** It had extracted its share of videos. */
  RECYCLED,
  /** It died. */
  CRASHED,
  /** It made no progress. */
  STALLED,
  /** Its video took too long. */
  DEADLINE,
  /** It said what no decoder says. */
  NONSENSE,
  /** Nobody wanted its answer any more. */
  CANCELLED;

  /** As a metric's label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
