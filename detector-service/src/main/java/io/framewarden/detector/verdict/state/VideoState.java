package io.framewarden.detector.verdict.state;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.VideoMarker;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything remembered of one video: its current attempt, the marker once it came, the frames that
 * are in, and when verdicts were given. Mutable, owned by one thread between reading it from the
 * store and writing it back. Wall-clock times are milliseconds since the epoch, 0 for never.
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
  VideoMarker marker;
  final FrameLedger ledger;
  final NavigableMap<Integer, TrackState> tracks = new TreeMap<>();
  final EvidenceShelf evidence = new EvidenceShelf();
  final ScoreOrigins origins = new ScoreOrigins();

  /** A video whose attempt is seen for the first time now. */
  public VideoState(long attempt, long nowMs) {
    this(attempt, nowMs, new FrameLedger());
  }

  VideoState(long attempt, long firstSeenMs, FrameLedger ledger) {
    this.attempt = attempt;
    this.firstSeenMs = firstSeenMs;
    this.lastSeenMs = firstSeenMs;
    this.ledger = ledger;
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
   * @param evidenceFrames how many evidence frames to keep
   * @param windowUs width of the windows of time of a new track
   * @return false when the frame was in already, and nothing changed
   */
  public boolean add(FrameScore score, int evidenceFrames, long windowUs, long nowMs) {
    boolean failed = score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
    boolean isNew =
        !finished && (failed ? ledger.addFailed(score.getSeq()) : ledger.addScored(score.getSeq()));
    if (!isNew) {
      return false;
    }
    lastSeenMs = nowMs;
    if (!failed) {
      tracks
          .computeIfAbsent(score.getTrackId(), id -> new TrackState(id, windowUs))
          .add(score.getPtsUs(), score.getProbability());
      evidence.offer(score, evidenceFrames);
      origins.add(score);
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
    reportedFrames = ledger.frames();
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

  public FrameLedger ledger() {
    return ledger;
  }

  /** By track id. */
  public Collection<TrackState> tracks() {
    return Collections.unmodifiableCollection(tracks.values());
  }

  public EvidenceShelf evidence() {
    return evidence;
  }

  public ScoreOrigins origins() {
    return origins;
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
    return ledger.frames() != reportedFrames;
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
