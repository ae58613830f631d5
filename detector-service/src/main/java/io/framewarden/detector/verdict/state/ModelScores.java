package io.framewarden.detector.verdict.state;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one model says of a video. A verdict is made of one of these alone, so that it never mixes
 * models. Mutable, owned by its {@link VideoState}.
 */
public final class ModelScores {
  /**
   * A later release prevails; of two at one time, which folders' models are, the greater digest.
   */
  static final Comparator<ModelScores> BY_RELEASE =
      Comparator.comparingLong(ModelScores::releaseTimeUs).thenComparing(ModelScores::digest);

  private final String digest;
  private long releaseTimeUs;
  final FrameCompleteness ledger;
  final NavigableMap<Integer, TrackState> tracks = new TreeMap<>();
  final TopEvidence evidence = new TopEvidence();
  final ScoreOrigins origins = new ScoreOrigins();

  ModelScores(String digest, long releaseTimeUs) {
    this(digest, releaseTimeUs, new FrameCompleteness());
  }

  ModelScores(String digest, long releaseTimeUs, FrameCompleteness ledger) {
    this.digest = digest;
    this.releaseTimeUs = releaseTimeUs;
    this.ledger = ledger;
  }

  /**
   * Takes one of this model's scores.
   *
   * @param counts whether the frame decides, or is only known to be in
   * @return false when nothing changed: the frame was in, and the release is no later one
   */
  boolean add(FrameScore score, boolean counts, int evidenceFrames, long windowUs) {
    boolean later = score.getReleaseTimeUs() > releaseTimeUs;
    releaseTimeUs = Math.max(releaseTimeUs, score.getReleaseTimeUs());
    if (score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED) {
      return ledger.addFailed(score.getSeq()) || later;
    }
    if (!ledger.addScored(score.getSeq())) {
      return later;
    }
    TrackState track =
        tracks.computeIfAbsent(score.getTrackId(), id -> new TrackState(id, windowUs));
    if (counts) {
      track.add(score.getPtsUs(), score.getProbability());
      evidence.offer(score, evidenceFrames);
    } else {
      track.addPoor(score.getPtsUs());
    }
    origins.add(score);
    return true;
  }

  /** sha256 of the model's manifest. */
  public String digest() {
    return digest;
  }

  /** Of the latest release under which it scored, microseconds; 0 for a folder's model. */
  public long releaseTimeUs() {
    return releaseTimeUs;
  }

  public FrameCompleteness ledger() {
    return ledger;
  }

  /** By track id. */
  public Collection<TrackState> tracks() {
    return Collections.unmodifiableCollection(tracks.values());
  }

  public TopEvidence evidence() {
    return evidence;
  }

  public ScoreOrigins origins() {
    return origins;
  }
}
