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
 * Gathers replayed scores, and what the topics said before, and compares. Holds some 200 bytes a
 * frame. For one thread.
 */
final class ReplayedVideos {
  private record VideoKey(String videoId, long attempt) {}

  private final VerdictPolicy policy;
  private final VideoLifecycle course;
  private final Map<VideoKey, List<FrameScore>> replayed = new LinkedHashMap<>();
  private final Map<FrameKey, FrameScore> earlier = new HashMap<>();
  private final Map<VideoKey, VideoMarker> markers = new HashMap<>();
  private final Map<VideoKey, Verdict> verdicts = new HashMap<>();

  ReplayedVideos(VerdictPolicy policy, VerdictTimings times) {
    this.policy = policy;
    this.course = new VideoLifecycle(policy, times);
  }

  /** Takes a replayed score, without its evidence. */
  void now(FrameScore score) {
    replayed
        .computeIfAbsent(
            new VideoKey(score.getVideoId(), score.getAttempt()), key -> new ArrayList<>())
        .add(score.toBuilder().clearEvidence().build());
  }

  /** Takes a score from the topic; of several for a frame the last counts. */
  void then(FrameScore score) {
    if (isReplayed(score.getVideoId(), score.getAttempt())) {
      earlier.put(FrameKey.of(score), score.toBuilder().clearEvidence().build());
    }
  }

  void marker(VideoMarker marker) {
    if (isReplayed(marker.getVideoId(), marker.getAttempt())) {
      markers.put(new VideoKey(marker.getVideoId(), marker.getAttempt()), marker);
    }
  }

  void verdict(Verdict verdict) {
    if (isReplayed(verdict.getVideoId(), verdict.getAttempt())) {
      verdicts.put(new VideoKey(verdict.getVideoId(), verdict.getAttempt()), verdict);
    }
  }

  private boolean isReplayed(String videoId, long attempt) {
    return replayed.containsKey(new VideoKey(videoId, attempt));
  }

  ScoreDifferences scores() {
    Differences sum = new Differences();
    replayed.values().forEach(scores -> scores.forEach(sum::add));
    return sum.done();
  }

  List<VideoDifference> videos() {
    List<VideoDifference> differences = new ArrayList<>();
    replayed.forEach(
        (key, scores) ->
            differences.add(
                new VideoDifference(
                    key.videoId(),
                    key.attempt(),
                    Optional.ofNullable(verdicts.get(key)),
                    verdictNow(key, scores),
                    scores.size())));
    return differences;
  }

  /** As the topology would have given it, had these been the scores. */
  private Optional<Verdict> verdictNow(VideoKey key, List<FrameScore> scores) {
    VideoMarker marker = markers.get(key);
    if (marker == null) {
      return Optional.empty();
    }
    Transition outcome = course.onMarker(null, marker, 0);
    Optional<Verdict> last = outcome.verdict();
    VideoState state = outcome.state();
    for (FrameScore score : scores) {
      outcome = course.onScore(state, score, 0);
      state = outcome.state();
      last = outcome.verdict().isPresent() ? outcome.verdict() : last;
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

    ScoreDifferences done() {
      double count = Math.max(1, frames);
      return new ScoreDifferences(
          frames, onlyNow, failedNow, sum / count, absolute / count, largest, disagreements);
    }
  }

  private static boolean isFailed(FrameScore score) {
    return score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }
}
