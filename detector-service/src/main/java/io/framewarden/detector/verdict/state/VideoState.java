package io.framewarden.detector.verdict.state;

import io.framewarden.v1.FramePosition;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.VideoMarker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of one video: its current attempt, the marker once it came, the scores by the
 * model that made them, and when verdicts were emitted. Mutable, owned by one thread between
 * reading it from the store and writing it back. Wall-clock times are milliseconds since the epoch,
 * 0 for never.
 */
public final class VideoState {
  final long attempt;
  final long firstSeenMs;
  long lastSeenMs;
  long markerSeenMs;
  long emittedMs;
  int revision;
  int emittedFrames;
  boolean overdue;
  boolean finalEmitted;
  boolean finished;
  String emittedDigest = "";

  /** Null until it came. */
  VideoMarker marker;

  final ScoresByModel models = new ScoresByModel();
  final FrameOffsets offsets = new FrameOffsets();
  final BitSet requested = new BitSet();
  String requestedDigest = "";

  /** A video whose attempt is seen for the first time now. */
  public VideoState(long attempt, long nowMs) {
    this.attempt = attempt;
    this.firstSeenMs = nowMs;
    this.lastSeenMs = nowMs;
  }

  /** A deleted video: finished, under an attempt that no other is higher than. */
  public static VideoState deleted(long nowMs) {
    VideoState deleted = new VideoState(Long.MAX_VALUE, nowMs);
    deleted.finished = true;
    deleted.finalEmitted = true;
    deleted.marker = VideoMarker.getDefaultInstance();
    return deleted;
  }

  /**
   * Starts over with a higher attempt. Revisions count on, and it is remembered whether this
   * attempt has a final verdict, so that no provisional one replaces it.
   */
  public VideoState nextAttempt(long higher, long nowMs) {
    VideoState next = new VideoState(higher, nowMs);
    next.revision = revision;
    next.finalEmitted = finalEmitted;
    return next;
  }

  /**
   * Adds a score of this attempt.
   *
   * @param decides whether the frame counts for the probability, or for completeness only
   * @param evidenceFrames how many evidence frames to keep
   * @param windowUs the width of a new track's windows, in microseconds
   * @return false when the model had scored the frame before, and nothing changed
   */
  public boolean add(
      FrameScore score, boolean decides, int evidenceFrames, long windowUs, long nowMs) {
    if (finished || !models.add(score, decides, evidenceFrames, windowUs)) {
      return false;
    }
    lastSeenMs = nowMs;
    if (score.hasOriginOffset()) {
      offsets.add(score.getSeq(), score.getOriginPartition(), score.getOriginOffset());
    }
    return true;
  }

  /**
   * Adds the marker of this attempt.
   *
   * @return false when it came before, and nothing changed
   */
  public boolean add(VideoMarker received, long nowMs) {
    if (marker != null) {
      return false;
    }
    marker = received;
    markerSeenMs = nowMs;
    lastSeenMs = nowMs;
    return true;
  }

  /** Records that a verdict is emitted. */
  public void markEmitted(boolean isFinal, long nowMs) {
    revision++;
    emittedMs = nowMs;
    emittedFrames = judgingModel().completeness().received();
    emittedDigest = judgingModel().digest();
    finalEmitted |= isFinal;
  }

  /** Records that the deadline passed while frames are missing. */
  public void markOverdue() {
    overdue = true;
  }

  /**
   * What is kept once the verdict is emitted and every frame in: enough to recognise duplicates.
   */
  public VideoState finish(long nowMs) {
    VideoState kept = nextAttempt(attempt, firstSeenMs);
    kept.finished = true;
    kept.lastSeenMs = nowMs;
    kept.emittedMs = emittedMs;
    kept.markerSeenMs = markerSeenMs;
    kept.marker = VideoMarker.getDefaultInstance();
    return kept;
  }

  /** The extraction attempt that the scores are of. */
  public long attempt() {
    return attempt;
  }

  /** The revision of the last verdict emitted; 0 before the first. */
  public int revision() {
    return revision;
  }

  /** The attempt's marker; empty until it came. */
  public Optional<VideoMarker> marker() {
    return Optional.ofNullable(marker);
  }

  /** The face frames that the marker announces; 0 until it came. */
  public int expectedFrames() {
    return marker == null ? 0 : marker.getFaceFrames();
  }

  /** The scores of the model that judges, the one released last; without any before the first. */
  public ModelScores judgingModel() {
    return models.judgingModel();
  }

  /** How many of the expected frames only other models than the judging one have scored. */
  public int scoredByOthers() {
    BitSet others = models.receivedSeqs();
    others.andNot(judgingModel().completeness().receivedSeqs());
    return others.get(0, expectedFrames()).cardinality();
  }

  /**
   * Takes the frames that the judging model is to score again: those that only other models scored,
   * once all expected frames are in. Each is taken once for each such model, and only where its
   * position is known.
   */
  public List<FramePosition> takeRescores() {
    int expected = expectedFrames();
    if (expected == 0 || models.receivedSeqs().get(0, expected).cardinality() < expected) {
      return List.of();
    }
    ModelScores judging = judgingModel();
    if (!judging.digest().equals(requestedDigest)) {
      requested.clear();
      requestedDigest = judging.digest();
    }
    BitSet done = judging.completeness().receivedSeqs();
    done.or(requested);
    List<FramePosition> frames = new ArrayList<>();
    for (int seq = done.nextClearBit(0); seq < expected; seq = done.nextClearBit(seq + 1)) {
      Optional<FramePosition> position = offsets.find(seq);
      if (position.isPresent()) {
        requested.set(seq);
        frames.add(position.get());
      }
    }
    return frames;
  }

  /** Whether every frame is in and the verdict is emitted. */
  public boolean isFinished() {
    return finished;
  }

  /** Whether this or an earlier attempt has a final verdict. */
  public boolean isFinalEmitted() {
    return finalEmitted;
  }

  /** Whether the deadline passed while frames were missing. */
  public boolean isOverdue() {
    return overdue;
  }

  /** Whether a verdict made now would rest on other scores than the last one emitted. */
  public boolean hasUnreportedScores() {
    ModelScores judging = judgingModel();
    return judging.completeness().received() != emittedFrames
        || !judging.digest().equals(emittedDigest);
  }

  /** When the attempt was first seen. */
  public long firstSeenMs() {
    return firstSeenMs;
  }

  /** When the last event that counts came. */
  public long lastSeenMs() {
    return lastSeenMs;
  }

  /** When the marker came. */
  public long markerSeenMs() {
    return markerSeenMs;
  }

  /** When this attempt's last verdict was emitted. */
  public long emittedMs() {
    return emittedMs;
  }
}
