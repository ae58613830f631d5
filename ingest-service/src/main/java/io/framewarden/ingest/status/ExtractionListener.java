package io.framewarden.ingest.status;

import io.framewarden.v1.FaceFrame;

/** Follows extractions: is told of face frames as they are sent. Safe for several threads. */
@FunctionalInterface
public interface ExtractionListener {
  void sent(FaceFrame frame);

  /** Whether a video was deleted, so that nobody waits for its extraction. */
  default boolean isDeleted(String videoId) {
    return false;
  }
}
