package io.framewarden.detector.release.compare;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Joins scores of two models by frame: first all of the shadow's, then the active one's. Each frame
 * counts once, however often it was scored. Holds the shadow's in memory, for one thread.
 */
final class ScoreJoin {
  /** Some 150 bytes each. */
  static final int MOST_FRAMES = 2_000_000;

  private record Frame(String videoId, long attempt, int seq) {
    static Frame of(FrameScore score) {
      return new Frame(score.getVideoId(), score.getAttempt(), score.getSeq());
    }
  }

  private final String activeDigest;
  private final String shadowDigest;
  private final double activeFakeAt;
  private final double shadowFakeAt;
  private final Map<Frame, Double> waiting = new HashMap<>();
  private final Set<Frame> failed = new HashSet<>();
  private final Set<String> videos = new HashSet<>();
  private long frames;
  private double sum;
  private double absolute;
  private long disagreements;

  ScoreJoin(String activeDigest, double activeFakeAt, String shadowDigest, double shadowFakeAt) {
    this.activeDigest = activeDigest;
    this.activeFakeAt = activeFakeAt;
    this.shadowDigest = shadowDigest;
    this.shadowFakeAt = shadowFakeAt;
  }

  /**
   * Takes a score of the shadow.
   *
   * @throws IllegalArgumentException when there are too many to compare at once
   */
  void shadow(FrameScore score) {
    if (!score.getModelDigest().equals(shadowDigest)) {
      return;
    }
    if (isFailed(score)) {
      failed.add(Frame.of(score));
    } else {
      waiting.put(Frame.of(score), score.getProbability());
    }
    if (waiting.size() > MOST_FRAMES) {
      throw new IllegalArgumentException(
          "more than " + MOST_FRAMES + " frames to compare; begin later");
    }
  }

  /** Takes a score of frame-scores, once all of the shadow's are in. */
  void active(FrameScore score) {
    if (!score.getModelDigest().equals(activeDigest) || isFailed(score)) {
      return;
    }
    Double shadow = waiting.remove(Frame.of(score));
    if (shadow == null) {
      return;
    }
    frames++;
    videos.add(score.getVideoId());
    sum += shadow - score.getProbability();
    absolute += Math.abs(shadow - score.getProbability());
    if (shadow >= shadowFakeAt != score.getProbability() >= activeFakeAt) {
      disagreements++;
    }
  }

  ScoreComparison result() {
    return new ScoreComparison(
        videos.size(),
        frames,
        waiting.size(),
        failed.size(),
        frames == 0 ? 0 : sum / frames,
        frames == 0 ? 0 : absolute / frames,
        disagreements);
  }

  private static boolean isFailed(FrameScore score) {
    return score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }
}
