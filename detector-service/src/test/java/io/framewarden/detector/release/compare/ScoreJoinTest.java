package io.framewarden.detector.release.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import org.junit.jupiter.api.Test;

class ScoreJoinTest {
  private final ScoreJoin join = new ScoreJoin("active", 0.5, "shadow", 0.6);

  @Test
  void joinsByFrameAndCountsEachOnce() {
    join.addShadowScore(score("shadow", "v", 0, 0.9));
    join.addShadowScore(score("shadow", "v", 0, 0.9)); // sent twice after an abort
    join.addShadowScore(score("shadow", "v", 1, 0.3));
    join.addShadowScore(score("shadow", "w", 0, 0.55));
    join.addShadowScore(score("shadow", "x", 0, 0.5));
    join.addShadowScore(score("shadow before", "v", 1, 1));
    join.addShadowScore(failed("v", 2));
    join.addActiveScore(score("active", "v", 0, 0.8));
    join.addActiveScore(score("active", "v", 0, 0.8));
    join.addActiveScore(score("active before", "v", 1, 0));
    join.addActiveScore(score("active", "v", 1, 0.4));
    join.addActiveScore(score("active", "w", 0, 0.55));
    join.addActiveScore(score("active", "y", 0, 0.5));

    ScoreComparison comparison = join.compare();

    assertEquals(2, comparison.videos());
    assertEquals(3, comparison.differences().frames());
    assertEquals(1, comparison.onlyShadow());
    assertEquals(1, comparison.failed());
    assertEquals((0.1 - 0.1 + 0) / 3, comparison.differences().meanDifference(), 1e-12);
    assertEquals(0.2 / 3, comparison.differences().meanAbsoluteDifference(), 1e-12);
    assertEquals(
        1,
        comparison.differences().disagreements(),
        "0.55 is fake for one, at 0.5, not for the other");
    assertEquals(1 / 3.0, comparison.differences().disagreementRate(), 1e-12);
  }

  @Test
  void withoutFramesTheMeansAreZero() {
    assertEquals(new ScoreComparison(0, 0, 0, new ScoreDifferences(0, 0, 0, 0, 0)), join.compare());
    assertEquals(0, join.compare().differences().disagreementRate());
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
