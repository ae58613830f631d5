package io.framewarden.ingest.submission;

import java.io.IOException;

/** Tells every reader that a video was deleted. Safe for several threads. */
@FunctionalInterface
public interface TombstonePublisher {
  /**
   * Returns when the tombstones are safe.
   *
   * @throws IOException when they are not; it may be tried again
   */
  void publishTombstones(String videoId) throws IOException;
}
