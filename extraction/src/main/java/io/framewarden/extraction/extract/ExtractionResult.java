package io.framewarden.extraction.extract;

import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;

/**
 * How an extraction ended.
 *
 * @param faceFrames N; the frames had seq 0..N-1
 * @param decodedFrames frames decoded
 * @param sampledFrames frames looked at
 * @param durationUs from the first to the end of the last decoded frame
 * @param tracks people
 * @param cuts changes of scene between frames looked at
 * @param ignoredFaces faces left out for their size
 * @param truncated the stream broke off after these frames
 * @param failure FAILURE_REASON_UNSPECIFIED when the video was extracted
 * @param failureMessage what was wrong and what to do; empty when the video was extracted
 * @param times where the time went, a failure's too, as far as that is known
 */
public record ExtractionResult(
    int faceFrames,
    long decodedFrames,
    long sampledFrames,
    long durationUs,
    int tracks,
    int cuts,
    long ignoredFaces,
    boolean truncated,
    FailureReason failure,
    String failureMessage,
    StageTimes times) {

  /** A video that could not be extracted. */
  public static ExtractionResult failed(FailureReason reason, String message) {
    return new ExtractionResult(0, 0, 0, 0, 0, 0, 0, false, reason, message, StageTimes.NONE);
  }

  /** The same, with more time spent on it. */
  public ExtractionResult spending(StageTimes more) {
    return new ExtractionResult(
        faceFrames,
        decodedFrames,
        sampledFrames,
        durationUs,
        tracks,
        cuts,
        ignoredFaces,
        truncated,
        failure,
        failureMessage,
        times.plus(more));
  }

  public boolean isFailed() {
    return failure != FailureReason.FAILURE_REASON_UNSPECIFIED;
  }

  /** The result's part of the marker; the caller adds the video's ids, digests and times. */
  public VideoMarker.Builder marker() {
    return VideoMarker.newBuilder()
        .setFaceFrames(faceFrames)
        .setDecodedFrames(decodedFrames)
        .setSampledFrames(sampledFrames)
        .setDurationUs(durationUs)
        .setTracks(tracks)
        .setCuts(cuts)
        .setIgnoredFaces(ignoredFaces)
        .setTruncated(truncated)
        .setFailure(failure)
        .setFailureMessage(failureMessage);
  }
}
