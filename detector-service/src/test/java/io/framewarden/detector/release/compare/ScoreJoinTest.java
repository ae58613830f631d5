package io.framewarden.detector.release.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import org.junit.jupiter.api.Test;

class ScoreJoinTest {
  private final ScoreJoin join = new ScoreJoin("active", 0.5, "shadow", 0.6);

  @Test
  void joinsByFrameAndCountsEachOnce() {
    join.shadow(score("shadow", "v", 0, 0.9));
    join.shadow(score("shadow", "v", 0, 0.9)); // sent twice after an abort
    join.shadow(score("shadow", "v", 1, 0.3));
    join.shadow(score("shadow", "w", 0, 0.55));
    join.shadow(score("shadow", "x", 0, 0.5));
    join.shadow(score("shadow before", "v", 1, 1));
    join.shadow(failed("v", 2));
    join.active(score("active", "v", 0, 0.8));
    join.active(score("active", "v", 0, 0.8));
    join.active(score("active before", "v", 1, 0));
    join.active(score("active", "v", 1, 0.4));
    join.active(score("active", "w", 0, 0.55));
    join.active(score("active", "y", 0, 0.5));

    ScoreComparison result = join.result();

    assertEquals(2, result.videos());
    assertEquals(3, result.frames());
    assertEquals(1, result.onlyShadow());
    assertEquals(1, result.failed());
    assertEquals((0.1 - 0.1 + 0) / 3, result.meanDifference(), 1e-12);
    assertEquals(0.2 / 3, result.meanAbsoluteDifference(), 1e-12);
    assertEquals(1, result.disagreements(), "0.55 is fake for one, at 0.5, not for the other");
    assertEquals(1 / 3.0, result.disagreementRate(), 1e-12);
  }

  @Test
  void nothingIsNotANumber() {
    assertEquals(new ScoreComparison(0, 0, 0, 0, 0, 0, 0), join.result());
    assertEquals(0, join.result().disagreementRate());
  }

  private static FrameScore score(String digest, String video, int seq, double probability) {
    return FrameScore.newBuilder()
        .setVideoId(video)
        .setAttempt(1)
        .setSeq(seq)
        .setModelDigest(digest)
        .setProbability(probability)
        .build();
  }

  private static FrameScore failed(String video, int seq) {
    return score("shadow", video, seq, 0).toBuilder()
        .setFailure(FailureReason.NON_FINITE_SCORE)
        .build();
  }
}
