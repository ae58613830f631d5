package io.framewarden.ingest.status;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** The extractions that wait to be tried again. Safe for several threads. */
@FunctionalInterface
public interface RetryQueue {
  /** Nothing is tried again. */
  RetryQueue EMPTY = (time, mine) -> Optional.empty();

  /**
   * The one that has waited longest; it stays until the end of its extraction is known.
   *
   * @param time only those that are due by then
   * @param mine whether the caller is the one that extracts the video of this id
   */
  Optional<PendingRetry> due(Instant time, Predicate<String> mine);
}
