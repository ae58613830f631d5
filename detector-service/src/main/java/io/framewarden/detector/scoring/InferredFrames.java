package io.framewarden.detector.scoring;

import io.framewarden.detector.engine.Scores;
import io.framewarden.v1.FaceFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames that the engine has seen, and what it said, not yet made into messages: making them is for
 * any one thread, while the engine has the next batch. The arrays given to it are its own from then
 * on.
 */
public final class InferredFrames {
  private final FrameScoreFactory answers;
  private final List<FaceFrame> frames;
  private final ScoredFrame[] refused;
  private final Optional<Scores> scores;

  /**
   * @param frames all of the batch
   * @param refused failed scores of frames that are not for the engine; null where it was given the
   *     frame
   * @param scores of the frames that the engine was given, in their order; empty when there were
   *     none
   */
  InferredFrames(
      FrameScoreFactory answers,
      List<FaceFrame> frames,
      ScoredFrame[] refused,
      Optional<Scores> scores) {
    this.answers = answers;
    this.frames = frames;
    this.refused = refused;
    this.scores = scores;
  }

  /** One answer for each frame, in their order. */
  public List<ScoredFrame> answers() {
    List<ScoredFrame> given = new ArrayList<>();
    int scored = 0;
    for (int i = 0; i < refused.length; i++) {
      given.add(
          refused[i] != null
              ? refused[i]
              : answers.answer(frames.get(i), scores.orElseThrow(), scored++));
    }
    return given;
  }
}
