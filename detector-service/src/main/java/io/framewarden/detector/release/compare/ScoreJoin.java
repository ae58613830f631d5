package io.framewarden.detector.release.compare;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Joins scores of two models by frame: first all of the shadow model's, then the active one's. Each
 * frame counts once, however often it was scored. Holds the shadow model's in memory; for one
 * thread.
 */
final class ScoreJoin {
  /** At some 150 bytes each. */
  static final int MAX_FRAMES = 2_000_000;

  private final String activeDigest;
  private final String shadowDigest;
  private final double activeFakeAt;
  private final double shadowFakeAt;
  private final Map<FrameKey, Double> unmatched = new HashMap<>();
  private final Set<FrameKey> failed = new HashSet<>();
  private final Set<String> videos = new HashSet<>();
  private final ScoreDifferences.Sum sum = new ScoreDifferences.Sum();

  ScoreJoin(String activeDigest, double activeFakeAt, String shadowDigest, double shadowFakeAt) {
    this.activeDigest = activeDigest;
    this.activeFakeAt = activeFakeAt;
    this.shadowDigest = shadowDigest;
    this.shadowFakeAt = shadowFakeAt;
  }

  /**
   * Adds a score of the shadow model.
   *
   * @throws IllegalArgumentException when there are too many to compare at once
   */
  void addShadowScore(FrameScore score) {
    if (!score.getModelDigest().equals(shadowDigest)) {
      return;
    }
    if (isFailed(score)) {
      failed.add(FrameKey.of(score));
    } else {
      unmatched.put(FrameKey.of(score), score.getProbability());
    }
    if (unmatched.size() > MAX_FRAMES) {
      throw new IllegalArgumentException(
          "more than " + MAX_FRAMES + " frames to compare; begin later");
    }
  }

  /** Adds a score of frame-scores, after all of the shadow model's. */
  void addActiveScore(FrameScore score) {
    if (!score.getModelDigest().equals(activeDigest) || isFailed(score)) {
      return;
    }
    Double shadow = unmatched.remove(FrameKey.of(score));
    if (shadow == null) {
      return;
    }
    videos.add(score.getVideoId());
    boolean agrees = shadow >= shadowFakeAt == score.getProbability() >= activeFakeAt;
    sum.add(shadow - score.getProbability(), agrees);
  }

  /** Compares the frames that both have scored. */
  ScoreComparison compare() {
    return new ScoreComparison(videos.size(), unmatched.size(), failed.size(), sum.toDifferences());
  }

  private static boolean isFailed(FrameScore score) {
    return score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }
}
