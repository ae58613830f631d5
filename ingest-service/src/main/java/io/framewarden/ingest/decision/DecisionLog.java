package io.framewarden.ingest.decision;

import io.framewarden.v1.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The latest decision on each video. Safe for several threads. */
public interface DecisionLog {
  /**
   * A video's latest decision.
   *
   * @throws UncheckedIOException if it has to be read first and the broker does not answer in time
   */
  Optional<Decision> find(String videoId);

  /**
   * Records a decision, which is the video's latest from then on. Returns when it is safe.
   *
   * @throws IOException when it is not; it may be tried again
   */
  void record(Decision decision) throws IOException;
}
