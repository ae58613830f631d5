package io.framewarden.detector.verdict;

import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How a video gets from its first score or marker to its final verdict, by events and by time.
 * Immutable and without state of its own: a video's state is passed in (null for a video not seen
 * before) and returned changed. Times are wall-clock milliseconds since the epoch.
 */
public final class VideoLifecycle {
  /** Far above any sampled video; a larger seq would only claim memory. */
  static final int MAX_FACE_FRAMES = 1 << 22;

  private final VerdictPolicy policy;
  private final VerdictTimings timings;
  private final VerdictAssembler assembler;
  private final long windowUs;

  public VideoLifecycle(VerdictPolicy policy, VerdictTimings timings) {
    this.policy = policy;
    this.timings = timings;
    this.assembler = new VerdictAssembler(policy);
    this.windowUs = TimeUnit.NANOSECONDS.toMicros(policy.segmentWindow().toNanos());
  }

  /**
   * Applies a score.
   *
   * @param known the video's state, or null; it may be changed and must not be used afterwards
   * @throws UnreadableMessageException when its seq cannot be of this video
   */
  public Transition onScore(VideoState known, FrameScore score, long nowMs) {
    VideoState state = stateOfAttempt(known, score.getAttempt(), nowMs);
    if (score.getAttempt() < state.attempt()) {
      return Transition.unchanged(Transition.Effect.STALE, state);
    }
    if (state.isFinished()) {
      return Transition.unchanged(Transition.Effect.DUPLICATE, state);
    }
    int end = state.marker().map(VideoMarker::getFaceFrames).orElse(MAX_FACE_FRAMES);
    if (score.getSeq() >= end) {
      throw invalid("seq " + score.getSeq() + " of a video whose seqs end before " + end);
    }
    if (!state.add(score, policy.isGoodEnough(score), policy.evidenceFrames(), windowUs, nowMs)) {
      return Transition.unchanged(Transition.Effect.DUPLICATE, state);
    }
    return advance(score.getVideoId(), state, nowMs);
  }

  /**
   * Applies a marker.
   *
   * @param known the video's state, or null; it may be changed and must not be used afterwards
   * @throws UnreadableMessageException when it announces more frames than a video can have
   */
  public Transition onMarker(VideoState known, VideoMarker marker, long nowMs) {
    if (marker.getFaceFrames() > MAX_FACE_FRAMES) {
      throw invalid(marker.getFaceFrames() + " face frames, more than " + MAX_FACE_FRAMES);
    }
    VideoState state = stateOfAttempt(known, marker.getAttempt(), nowMs);
    if (marker.getAttempt() < state.attempt()) {
      return Transition.unchanged(Transition.Effect.STALE, state);
    }
    if (!state.add(marker, nowMs)) {
      return Transition.unchanged(Transition.Effect.DUPLICATE, state);
    }
    return advance(marker.getVideoId(), state, nowMs);
  }

  /** Makes the verdict that has become due by time alone, if any. */
  public Transition onTime(String videoId, VideoState state, long nowMs) {
    return advance(videoId, state, nowMs);
  }

  /** When {@link #onTime} must be called unless an event comes before; empty for never. */
  public OptionalLong nextDeadlineMs(VideoState state) {
    if (state.isFinished()) {
      return OptionalLong.empty();
    }
    long next = Long.MAX_VALUE;
    if (state.marker().isPresent() && !state.isOverdue()) {
      next = finalDeadlineMs(state);
    }
    if (mayReportProgress(state)) {
      next = Math.min(next, nextReportMs(state));
    }
    return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** Whether nothing was heard of a video for the whole retention. */
  public boolean isExpired(VideoState state, long nowMs) {
    return nowMs - state.lastSeenMs() >= timings.retention().toMillis();
  }

  private static VideoState stateOfAttempt(VideoState known, long attempt, long nowMs) {
    if (known == null) {
      return new VideoState(attempt, nowMs);
    }
    return attempt > known.attempt() ? known.nextAttempt(attempt, nowMs) : known;
  }

  private Transition advance(String videoId, VideoState state, long nowMs) {
    if (state.marker().isPresent()
        && state.judgingModel().completeness().isComplete(state.expectedFrames())) {
      return ended(videoId, state, nowMs);
    }
    List<RescoreRequest> rescores = RescorePlanner.takeRequests(videoId, state);
    if (state.marker().isPresent() && !state.isOverdue() && nowMs >= finalDeadlineMs(state)) {
      state.markOverdue();
      return Transition.counted(
          state, makeVerdict(videoId, state, VerdictStatus.FINAL, nowMs), rescores);
    }
    if (mayReportProgress(state) && nowMs >= nextReportMs(state)) {
      VerdictStatus status = state.isOverdue() ? VerdictStatus.FINAL : VerdictStatus.PROVISIONAL;
      return Transition.counted(state, makeVerdict(videoId, state, status, nowMs), rescores);
    }
    return Transition.counted(state, rescores);
  }

  /**
   * All of the attempt is in. One that failed and is tried again ends with a provisional verdict,
   * unless an earlier attempt has a final one.
   */
  private Transition ended(String videoId, VideoState state, long nowMs) {
    boolean isRetried = state.marker().orElseThrow().getRetryAtUs() > 0;
    if (isRetried && state.isFinalEmitted()) {
      return Transition.counted(state.finish(nowMs), List.of());
    }
    VerdictStatus status = isRetried ? VerdictStatus.PROVISIONAL : VerdictStatus.FINAL;
    Verdict verdict = makeVerdict(videoId, state, status, nowMs);
    return Transition.counted(state.finish(nowMs), verdict, List.of());
  }

  private Verdict makeVerdict(String videoId, VideoState state, VerdictStatus status, long nowMs) {
    Verdict verdict = assembler.assemble(videoId, state, status, nowMs);
    state.markEmitted(status == VerdictStatus.FINAL, nowMs);
    return verdict;
  }

  /**
   * Whether new scores may be reported before the final verdict, or revise it once the deadline has
   * passed. A final verdict of an earlier attempt is replaced by a final one only.
   */
  private static boolean mayReportProgress(VideoState state) {
    return state.hasUnreportedScores()
        && state.judgingModel().completeness().scored() > 0
        && (state.isOverdue() || !state.isFinalEmitted());
  }

  private long nextReportMs(VideoState state) {
    return state.emittedMs() == 0
        ? state.firstSeenMs() + timings.provisionalDelay().toMillis()
        : state.emittedMs() + timings.provisionalInterval().toMillis();
  }

  private long finalDeadlineMs(VideoState state) {
    return state.markerSeenMs() + timings.deadline().toMillis();
  }

  private static UnreadableMessageException invalid(String message) {
    return new UnreadableMessageException(FailureReason.INVALID_MESSAGE, message);
  }
}
