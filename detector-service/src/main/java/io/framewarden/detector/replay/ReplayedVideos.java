package io.framewarden.detector.replay;

import io.framewarden.detector.release.compare.FrameKey;
import io.framewarden.detector.release.compare.ScoreDifferences;
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

  /** Compares all scores and verdicts. */
  ReplayReport report(String modelDigest, long unreadable) {
    ScoreDifferences.Sum sum = new ScoreDifferences.Sum();
    long onlyNow = 0;
    long failedNow = 0;
    for (List<FrameScore> scores : replayed.values()) {
      for (FrameScore now : scores) {
        FrameScore then = earlier.get(FrameKey.of(now));
        if (isFailed(now)) {
          failedNow++;
        } else if (then == null || isFailed(then)) {
          onlyNow++;
        } else {
          double before = then.getProbability();
          sum.add(
              now.getProbability() - before,
              policy.labelOf(before) == policy.labelOf(now.getProbability()));
        }
      }
    }
    return new ReplayReport(
        modelDigest, unreadable, onlyNow, failedNow, sum.toDifferences(), videoDifferences());
  }

  private List<VideoDifference> videoDifferences() {
    List<VideoDifference> differences = new ArrayList<>();
    replayed.forEach(
        (key, scores) ->
            differences.add(
                new VideoDifference(
                    key.videoId(),
                    key.attempt(),
                    verdicts.get(key),
                    replayVerdict(key, scores).orElse(null),
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

  private static boolean isFailed(FrameScore score) {
    return score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }
}
