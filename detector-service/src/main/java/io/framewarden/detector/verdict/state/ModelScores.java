package io.framewarden.detector.verdict.state;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The scores of a video by one model. A verdict is made of one of these alone, so that it never
 * mixes models. Mutable, owned by its {@link VideoState}.
 */
public final class ModelScores {
  /**
   * A later release prevails. Models loaded from folders all have release time 0; of them the one
   * with the greater digest prevails.
   */
  static final Comparator<ModelScores> BY_RELEASE =
      Comparator.comparingLong(ModelScores::releaseTimeUs).thenComparing(ModelScores::digest);

  private final String digest;
  private long releaseTimeUs;
  final FrameCompleteness completeness;
  final NavigableMap<Integer, TrackState> tracks = new TreeMap<>();
  final TopEvidence evidence = new TopEvidence();
  final ScoreOrigins origins = new ScoreOrigins();

  ModelScores(String digest, long releaseTimeUs) {
    this(digest, releaseTimeUs, new FrameCompleteness());
  }

  ModelScores(String digest, long releaseTimeUs, FrameCompleteness completeness) {
    this.digest = digest;
    this.releaseTimeUs = releaseTimeUs;
    this.completeness = completeness;
  }

  /**
   * Adds one of this model's scores.
   *
   * @param decides whether the frame counts for the probability, or for completeness only
   * @param evidenceFrames how many evidence frames to keep
   * @param windowUs the width of a new track's windows, in microseconds
   * @return false when nothing changed: the frame was received before, under no earlier release
   */
  boolean add(FrameScore score, boolean decides, int evidenceFrames, long windowUs) {
    boolean later = score.getReleaseTimeUs() > releaseTimeUs;
    releaseTimeUs = Math.max(releaseTimeUs, score.getReleaseTimeUs());
    if (score.getFailure() != FailureReason.FAILURE_REASON_UNSPECIFIED) {
      return completeness.addFailed(score.getSeq()) || later;
    }
    if (!completeness.addScored(score.getSeq())) {
      return later;
    }
    TrackState track =
        tracks.computeIfAbsent(
            score.getTrackId(), id -> new TrackState(id, score.getStream(), windowUs));
    if (decides) {
      track.add(score.getPtsUs(), score.getProbability());
      evidence.offer(score, evidenceFrames);
    } else {
      track.addLowQuality(score.getPtsUs());
    }
    origins.add(score);
    return true;
  }

  /** Lower-case hex sha256 of the model's manifest; empty where no model has scored yet. */
  public String digest() {
    return digest;
  }

  /**
   * The time of the latest release under which it scored, in microseconds since the epoch; 0 for a
   * model loaded from a folder.
   */
  public long releaseTimeUs() {
    return releaseTimeUs;
  }

  /** Which frames it has scored. */
  public FrameCompleteness completeness() {
    return completeness;
  }

  /** The tracked faces, by track id. */
  public Collection<TrackState> tracks() {
    return Collections.unmodifiableCollection(tracks.values());
  }

  /** The frames to show. */
  public TopEvidence evidence() {
    return evidence;
  }

  /** What made the scores. */
  public ScoreOrigins origins() {
    return origins;
  }
}
