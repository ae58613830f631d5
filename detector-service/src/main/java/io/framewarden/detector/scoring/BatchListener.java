package io.framewarden.detector.scoring;

import io.framewarden.detector.release.ModelSource;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FrameScore;
import java.util.List;

/**
 * Comes after a batch, on the thread that runs the engine, once the batch's answers are made and
 * handed on. It has its own failures: nothing it does may harm the answers.
 */
public interface BatchListener {

  /** Follows nothing. */
  BatchListener NONE = (frames, scores) -> {};

  /**
   * Follows a batch.
   *
   * @param frames the readable ones
   * @param scores their answers, in their order
   */
  void follow(List<FaceFrame> frames, List<FrameScore> scores);

  /** Nothing is under way, as {@link ModelSource#handBack}. */
  default void rest() {}
}
