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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The course of a video from its first score or marker to its final verdict, as events and time
 * move it. Holds no state of its own and is immutable; states are passed in (null for a video not
 * seen before) and handed back changed. Times are milliseconds of the wall clock.
 */
public final class VideoLifecycle {
  /** Far above any sampled video; a larger seq would only claim memory. */
  static final int MAX_FACE_FRAMES = 1 << 22;

  private final VerdictPolicy policy;
  private final VerdictTimings times;
  private final VerdictAssembler assembler;
  private final long windowUs;

  public VideoLifecycle(VerdictPolicy policy, VerdictTimings times) {
    this.policy = policy;
    this.times = times;
    this.assembler = new VerdictAssembler(policy);
    this.windowUs = TimeUnit.NANOSECONDS.toMicros(policy.segmentWindow().toNanos());
  }

  /**
   * Takes a score.
   *
   * @throws UnreadableMessageException when its seq cannot be of this video
   */
  public Transition onScore(VideoState known, FrameScore score, long nowMs) {
    VideoState state = current(known, score.getAttempt(), nowMs);
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
    if (!state.add(score, policy.counts(score), policy.evidenceFrames(), windowUs, nowMs)) {
      return Transition.unchanged(Transition.Effect.DUPLICATE, state);
    }
    return advance(score.getVideoId(), state, nowMs);
  }

  /**
   * Takes a marker.
   *
   * @throws UnreadableMessageException when it announces more frames than a video can have
   */
  public Transition onMarker(VideoState known, VideoMarker marker, long nowMs) {
    if (marker.getFaceFrames() > MAX_FACE_FRAMES) {
      throw invalid(marker.getFaceFrames() + " face frames, more than " + MAX_FACE_FRAMES);
    }
    VideoState state = current(known, marker.getAttempt(), nowMs);
    if (marker.getAttempt() < state.attempt()) {
      return Transition.unchanged(Transition.Effect.STALE, state);
    }
    if (!state.add(marker, nowMs)) {
      return Transition.unchanged(Transition.Effect.DUPLICATE, state);
    }
    return advance(marker.getVideoId(), state, nowMs);
  }

  /** Gives the verdict that has become due by time alone, if any. */
  public Transition onTime(String videoId, VideoState state, long nowMs) {
    return advance(videoId, state, nowMs);
  }

  /** When {@link #onTime} is to be called next unless an event comes before; empty for never. */
  public OptionalLong due(VideoState state) {
    if (state.isFinished()) {
      return OptionalLong.empty();
    }
    long due = Long.MAX_VALUE;
    if (state.marker().isPresent() && !state.isOverdue()) {
      due = deadline(state);
    }
    if (mayReportProgress(state)) {
      due = Math.min(due, nextReport(state));
    }
    return due == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(due);
  }

  /** Whether a video was quiet for so long that it is to be forgotten. */
  public boolean isForgotten(VideoState state, long nowMs) {
    return nowMs - state.lastSeenMs() >= times.retention().toMillis();
  }

  private static VideoState current(VideoState known, long attempt, long nowMs) {
    if (known == null) {
      return new VideoState(attempt, nowMs);
    }
    return attempt > known.attempt() ? known.nextAttempt(attempt, nowMs) : known;
  }

  private Transition advance(String videoId, VideoState state, long nowMs) {
    if (isComplete(state)) {
      Verdict verdict = give(videoId, state, VerdictStatus.FINAL, nowMs);
      return counted(state.finish(nowMs), Optional.of(verdict), List.of());
    }
    List<RescoreRequest> rescores = RescorePlanner.requests(videoId, state);
    if (state.marker().isPresent() && !state.isOverdue() && nowMs >= deadline(state)) {
      state.passDeadline();
      Verdict verdict = give(videoId, state, VerdictStatus.FINAL, nowMs);
      return counted(state, Optional.of(verdict), rescores);
    }
    if (mayReportProgress(state) && nowMs >= nextReport(state)) {
      VerdictStatus status = state.isOverdue() ? VerdictStatus.FINAL : VerdictStatus.PROVISIONAL;
      return counted(state, Optional.of(give(videoId, state, status, nowMs)), rescores);
    }
    return counted(state, Optional.empty(), rescores);
  }

  private static Transition counted(
      VideoState state, Optional<Verdict> verdict, List<RescoreRequest> rescores) {
    return new Transition(Transition.Effect.COUNTED, state, verdict, rescores);
  }

  private Verdict give(String videoId, VideoState state, VerdictStatus status, long nowMs) {
    Verdict verdict = assembler.assemble(videoId, state, status, nowMs);
    state.reported(status == VerdictStatus.FINAL, nowMs);
    return verdict;
  }

  private static boolean isComplete(VideoState state) {
    return state
        .marker()
        .map(marker -> state.winner().ledger().complete(marker.getFaceFrames()))
        .orElse(false);
  }

  /** A final verdict is revised by news only once it is final for this attempt, that is overdue. */
  private static boolean mayReportProgress(VideoState state) {
    return state.hasNews()
        && state.winner().ledger().scored() > 0
        && (state.isOverdue() || !state.isFinalGiven());
  }

  private long nextReport(VideoState state) {
    return state.emittedMs() == 0
        ? state.firstSeenMs() + times.provisionalDelay().toMillis()
        : state.emittedMs() + times.provisionalInterval().toMillis();
  }

  private long deadline(VideoState state) {
    return state.markerSeenMs() + times.deadline().toMillis();
  }

  private static UnreadableMessageException invalid(String message) {
    return new UnreadableMessageException(FailureReason.INVALID_MESSAGE, message);
  }
}
