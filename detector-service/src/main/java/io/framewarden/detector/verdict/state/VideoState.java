package io.framewarden.detector.verdict.state;

import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.VideoMarker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Everything remembered of one video: its current attempt, the marker once it came, the frames that
 * are in by the model that scored them, and when verdicts were given. Mutable, owned by one thread
 * between reading it from the store and writing it back. Wall-clock times are milliseconds since
 * the epoch, 0 for never.
 */
public final class VideoState {
  final long attempt;
  final long firstSeenMs;
  long lastSeenMs;
  long markerSeenMs;
  long emittedMs;
  int revision;
  int reportedFrames;
  boolean overdue;
  boolean finalGiven;
  boolean finished;
  String reportedDigest = "";
  VideoMarker marker;
  final ScoresByModel models = new ScoresByModel();
  final FrameOffsets places = new FrameOffsets();
  final BitSet requested = new BitSet();
  String requestedFor = "";

  /** A video whose attempt is seen for the first time now. */
  public VideoState(long attempt, long nowMs) {
    this.attempt = attempt;
    this.firstSeenMs = nowMs;
    this.lastSeenMs = nowMs;
  }

  /** A deleted video: over, under an attempt that no other is higher than. */
  public static VideoState deleted(long nowMs) {
    VideoState rest = new VideoState(Long.MAX_VALUE, nowMs);
    rest.finished = true;
    rest.finalGiven = true;
    rest.marker = VideoMarker.getDefaultInstance();
    return rest;
  }

  /**
   * Starts over with a higher attempt. Revisions count on, and a final verdict of this attempt is
   * remembered, so that no provisional one replaces it.
   */
  public VideoState nextAttempt(long higher, long nowMs) {
    VideoState next = new VideoState(higher, nowMs);
    next.revision = revision;
    next.finalGiven = finalGiven;
    return next;
  }

  /**
   * Takes a score of this attempt.
   *
   * @param counts whether the frame decides, or is only known to be in
   * @param evidenceFrames how many evidence frames to keep
   * @param windowUs width of the windows of time of a new track
   * @return false when the model had scored the frame already, and nothing changed
   */
  public boolean add(
      FrameScore score, boolean counts, int evidenceFrames, long windowUs, long nowMs) {
    if (finished || !models.add(score, counts, evidenceFrames, windowUs)) {
      return false;
    }
    lastSeenMs = nowMs;
    if (score.hasOriginOffset()) {
      places.put(score.getSeq(), score.getOriginPartition(), score.getOriginOffset());
    }
    return true;
  }

  /** Takes the marker of this attempt; false when it was here already. */
  public boolean add(VideoMarker given, long nowMs) {
    if (marker != null) {
      return false;
    }
    marker = given;
    markerSeenMs = nowMs;
    lastSeenMs = nowMs;
    return true;
  }

  /** Notes that a verdict was given. */
  public void reported(boolean isFinal, long nowMs) {
    revision++;
    emittedMs = nowMs;
    reportedFrames = winner().ledger().frames();
    reportedDigest = winner().digest();
    finalGiven |= isFinal;
  }

  /** Notes that the deadline passed with frames missing. */
  public void passDeadline() {
    overdue = true;
  }

  /** What stays once the verdict is out and every frame in: enough to know late copies by. */
  public VideoState finish(long nowMs) {
    VideoState rest = nextAttempt(attempt, firstSeenMs);
    rest.finished = true;
    rest.lastSeenMs = nowMs;
    rest.emittedMs = emittedMs;
    rest.markerSeenMs = markerSeenMs;
    rest.marker = VideoMarker.getDefaultInstance();
    return rest;
  }

  public long attempt() {
    return attempt;
  }

  /** Of the last verdict given; 0 before the first. */
  public int revision() {
    return revision;
  }

  public Optional<VideoMarker> marker() {
    return Optional.ofNullable(marker);
  }

  /** The model that judges, and what it says; an empty one before the first score. */
  public ModelScores winner() {
    return models.winner();
  }

  /** How many of the seqs 0..expected-1 are in, but not from the model that judges. */
  public int scoredByOthers(int expected) {
    BitSet others = models.in();
    others.andNot(winner().ledger().in());
    return others.get(0, expected).cardinality();
  }

  /**
   * The frames that are to be scored again by the model that judges: those of seqs 0..expected-1
   * that other models scored, once all are in. Each is given once for each such model, and only
   * where its place is known.
   */
  public List<FramePosition> takeRescores(int expected) {
    if (expected == 0 || models.in().get(0, expected).cardinality() < expected) {
      return List.of();
    }
    ModelScores winner = winner();
    if (!winner.digest().equals(requestedFor)) {
      requested.clear();
      requestedFor = winner.digest();
    }
    BitSet done = winner.ledger().in();
    done.or(requested);
    List<FramePosition> frames = new ArrayList<>();
    for (int seq = done.nextClearBit(0); seq < expected; seq = done.nextClearBit(seq + 1)) {
      Optional<RecordPosition> place = places.find(seq);
      if (place.isPresent()) {
        requested.set(seq);
        frames.add(
            FramePosition.newBuilder()
                .setSeq(seq)
                .setPartition(place.get().partition())
                .setOffset(place.get().offset())
                .build());
      }
    }
    return frames;
  }

  /** Whether every frame is in and the verdict out. */
  public boolean isFinished() {
    return finished;
  }

  /** Whether this or an earlier attempt has a final verdict. */
  public boolean isFinalGiven() {
    return finalGiven;
  }

  public boolean isOverdue() {
    return overdue;
  }

  /** Whether frames came in that no verdict has told of. */
  public boolean hasNews() {
    ModelScores winner = winner();
    return winner.ledger().frames() != reportedFrames || !winner.digest().equals(reportedDigest);
  }

  public long firstSeenMs() {
    return firstSeenMs;
  }

  public long lastSeenMs() {
    return lastSeenMs;
  }

  public long markerSeenMs() {
    return markerSeenMs;
  }

  /** When this attempt's last verdict was given. */
  public long emittedMs() {
    return emittedMs;
  }
}
