package io.framewarden.detector.replay;

import io.framewarden.v1.FrameScore;

/** Which frame a score is of. */
record FrameKey(String videoId, long attempt, int seq) {
  static FrameKey of(FrameScore score) {
    return new FrameKey(score.getVideoId(), score.getAttempt(), score.getSeq());
  }
}
