package io.framewarden.ingest.status;

import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.VideoMarker;

/**
 * Follows extractions: is told of face frames as they are sent, and of the ends. Safe for several
 * threads.
 */
@FunctionalInterface
public interface ExtractionListener {
  void sent(FaceFrame frame);

  /** An extraction has ended, and its marker is safe. */
  default void extracted(VideoMarker marker) {}

  /** Whether a video was deleted, so that nobody waits for its extraction. */
  default boolean isDeleted(String videoId) {
    return false;
  }
}
