package io.framewarden.runtime.feed;

import io.framewarden.v1.Verdict;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The latest verdict by video id. Safe from any thread. */
@FunctionalInterface
public interface VerdictLookup {
  /**
   * A video's latest verdict.
   *
   * @throws UncheckedIOException if it has to be read first and the broker does not answer in time
   */
  Optional<Verdict> find(String videoId);

  /** What lists show of it; never waits for a broker where the verdicts are read from one. */
  default Optional<VerdictSummary> summary(String videoId) {
    return find(videoId).map(VerdictSummary::of);
  }
}
