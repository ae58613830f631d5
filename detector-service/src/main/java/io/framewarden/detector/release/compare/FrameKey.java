package io.framewarden.detector.release.compare;

import io.framewarden.v1.FrameScore;

/** Which frame a score is of, for joining the scores of two models. */
public record FrameKey(String videoId, long attempt, int seq) {

  /** The frame of a score. */
  public static FrameKey of(FrameScore score) {
    return new FrameKey(score.getVideoId(), score.getAttempt(), score.getSeq());
  }
}
