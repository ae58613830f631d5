package io.framewarden.detector.rescore;

import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.v1.FaceFrame;
import java.util.Optional;

/** Looks face frames up by their position on face-frames. */
@FunctionalInterface
interface FaceFrameLookup {
  /**
   * Finds the face frame at a position; empty where retention has removed it.
   *
   * @throws java.io.UncheckedIOException when the broker does not answer in time
   */
  Optional<FaceFrame> find(RecordPosition position);
}
