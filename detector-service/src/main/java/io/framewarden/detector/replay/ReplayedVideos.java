package io.framewarden.detector.replay;

import io.framewarden.detector.verdict.Transition;
import io.framewarden.detector.verdict.VerdictPolicy;
import io.framewarden.detector.verdict.VerdictTimings;
import io.framewarden.detector.verdict.VideoLifecycle;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects replayed scores and what the topics hold from before, and compares them. Holds some 200
 * bytes a frame. For one thread.
 */
final class ReplayedVideos {
  private record VideoKey(String videoId, long attempt) {}

  private final VerdictPolicy policy;
  private final VideoLifecycle lifecycle;
  private final Map<VideoKey, List<FrameScore>> replayed = new LinkedHashMap<>();
  private final Map<FrameKey, FrameScore> earlier = new HashMap<>();
  private final Map<VideoKey, VideoMarker> markers = new HashMap<>();
  private final Map<VideoKey, Verdict> verdicts = new HashMap<>();

  ReplayedVideos(VerdictPolicy policy, VerdictTimings times) {
    this.policy = policy;
    this.lifecycle = new VideoLifecycle(policy, times);
  }

  /** Adds a replayed score, without its evidence. */
  void addReplayedScore(FrameScore score) {
    replayed
        .computeIfAbsent(
            new VideoKey(score.getVideoId(), score.getAttempt()), key -> new ArrayList<>())
        .add(score.toBuilder().clearEvidence().build());
  }

  /** Adds a score from the topic; of several for a frame the last counts. */
  void addEarlierScore(FrameScore score) {
    if (isReplayed(score.getVideoId(), score.getAttempt())) {
      earlier.put(FrameKey.of(score), score.toBuilder().clearEvidence().build());
    }
  }

  /** Adds a marker from the topic. */
  void addMarker(VideoMarker marker) {
    if (isReplayed(marker.getVideoId(), marker.getAttempt())) {
      markers.put(new VideoKey(marker.getVideoId(), marker.getAttempt()), marker);
    }
  }

  /** Adds a verdict from the topic; of several for an attempt the last counts. */
  void addVerdict(Verdict verdict) {
    if (isReplayed(verdict.getVideoId(), verdict.getAttempt())) {
      verdicts.put(new VideoKey(verdict.getVideoId(), verdict.getAttempt()), verdict);
    }
  }

  private boolean isReplayed(String videoId, long attempt) {
    return replayed.containsKey(new VideoKey(videoId, attempt));
  }

  /** How the scores of all frames differ. */
  ScoreDifferences scoreDifferences() {
    Differences sum = new Differences();
    replayed.values().forEach(scores -> scores.forEach(sum::add));
    return sum.toScoreDifferences();
  }

  /** How the verdicts differ, video by video. */
  List<VideoDifference> videoDifferences() {
    List<VideoDifference> differences = new ArrayList<>();
    replayed.forEach(
        (key, scores) ->
            differences.add(
                new VideoDifference(
                    key.videoId(),
                    key.attempt(),
                    Optional.ofNullable(verdicts.get(key)),
                    replayVerdict(key, scores),
                    scores.size())));
    return differences;
  }

  /** The verdict that the topology would have emitted on these scores. */
  private Optional<Verdict> replayVerdict(VideoKey key, List<FrameScore> scores) {
    VideoMarker marker = markers.get(key);
    if (marker == null) {
      return Optional.empty();
    }
    Transition transition = lifecycle.onMarker(null, marker, 0);
    Optional<Verdict> last = transition.verdict();
    VideoState state = transition.state();
    for (FrameScore score : scores) {
      transition = lifecycle.onScore(state, score, 0);
      state = transition.state();
      last = transition.verdict().isPresent() ? transition.verdict() : last;
    }
    return last.filter(verdict -> verdict.getStatus() == VerdictStatus.FINAL);
  }

  /** Sums over frames. */
  private final class Differences {
    private long frames;
    private long onlyNow;
    private long failedNow;
    private double sum;
    private double absolute;
    private double largest;
    private long disagreements;

    void add(FrameScore now) {
      FrameScore then = earlier.get(FrameKey.of(now));
      if (isFailed(now)) {
        failedNow++;
      } else if (then == null || isFailed(then)) {
        onlyNow++;
      } else {
        compare(then.getProbability(), now.getProbability());
      }
    }

    private void compare(double then, double now) {
      double difference = now - then;
      frames++;
      sum += difference;
      absolute += Math.abs(difference);
      largest = Math.max(largest, Math.abs(difference));
      disagreements += policy.labelOf(then) == policy.labelOf(now) ? 0 : 1;
    }

    ScoreDifferences toScoreDifferences() {
      double count = Math.max(1, frames);
      return new ScoreDifferences(
          frames, onlyNow, failedNow, sum / count, absolute / count, largest, disagreements);
    }
  }

  private static boolean isFailed(FrameScore score) {
    return score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }
}
