package io.framewarden.detector.rescore;

import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.v1.FaceFrame;
import java.util.Optional;

/** Finds face frames where they lie. */
@FunctionalInterface
interface FaceFrameLookup {
  /**
   * The face frame at a place; empty where retention has removed it.
   *
   * @throws java.io.UncheckedIOException when that cannot be found out just now
   */
  Optional<FaceFrame> find(RecordPosition place);
}
