package io.framewarden.extraction.extract;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.List;

/**
 * How an extraction ended.
 *
 * @param outcome the extraction's part of the video's marker: its counts when the video was
 *     extracted, failure and message when not
 * @param times where the time went, a failure's too, as far as that is known
 */
public record ExtractionResult(VideoMarker outcome, StageTimes times) {
  /**
   * The result of an extracted video.
   *
   * @param counts faces, frames, duration, tracks, cuts, ignored faces, and the streams
   */
  public static ExtractionResult of(VideoMarker.Builder counts) {
    return new ExtractionResult(counts.build(), StageTimes.NONE);
  }

  /**
   * A video that could not be extracted.
   *
   * @param message what was wrong and what to do
   */
  public static ExtractionResult failed(FailureReason reason, String message) {
    return of(VideoMarker.newBuilder().setFailure(reason).setFailureMessage(message));
  }

  /** This result with more time spent on it. */
  public ExtractionResult plusTimes(StageTimes more) {
    return new ExtractionResult(outcome, times.plus(more));
  }

  public boolean isFailed() {
    return failure() != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }

  /** FAILURE_REASON_UNSPECIFIED when the video was extracted. */
  public FailureReason failure() {
    return outcome.getFailure();
  }

  /** What was wrong and what to do; empty when the video was extracted. */
  public String failureMessage() {
    return outcome.getFailureMessage();
  }

  /** N; the face frames had seq 0 to N-1. */
  public int faceFrames() {
    return outcome.getFaceFrames();
  }

  /** How many frames were decoded. */
  public long decodedFrames() {
    return outcome.getDecodedFrames();
  }

  /** How many frames were sampled. */
  public long sampledFrames() {
    return outcome.getSampledFrames();
  }

  /** The end of the last decoded frame on the presentation timeline, in microseconds. */
  public long durationUs() {
    return outcome.getDurationUs();
  }

  /** How many faces were tracked. */
  public int tracks() {
    return outcome.getTracks();
  }

  /** Scene cuts between sampled frames. */
  public int cuts() {
    return outcome.getCuts();
  }

  /** Faces left out for their size. */
  public long ignoredFaces() {
    return outcome.getIgnoredFaces();
  }

  /** The video streams of the file, those that were not judged included. */
  public List<VideoStream> streams() {
    return outcome.getStreamsList();
  }

  /** The extraction's part of the marker; the caller adds the video's ids, digests and times. */
  public VideoMarker.Builder marker() {
    return outcome.toBuilder();
  }
}
