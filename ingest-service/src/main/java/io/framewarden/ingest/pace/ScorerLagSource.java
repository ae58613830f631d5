package io.framewarden.ingest.pace;

import java.io.IOException;

/** Measures the scorers' lag. One thread. */
@FunctionalInterface
public interface ScorerLagSource {
  /**
   * Measures.
   *
   * @param threshold the fullness up to which room is counted
   * @throws IOException when it cannot be measured; the message says why
   */
  ScorerLag measure(double threshold) throws IOException, InterruptedException;
}
