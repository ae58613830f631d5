package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.FaceDetectorConfig;

/**
 * Which faces are tracked, and how. None of it changes a pixel of a face frame, so none of it is
 * part of the extraction recipe.
 *
 * @param parameters when a face may belong to a track
 * @param ignoreUnder faces narrower than so many source pixels are detected but not tracked; 0 for
 *     none
 */
public record TrackingPolicy(TrackerParameters parameters, int ignoreUnder) {
  public TrackingPolicy {
    if (ignoreUnder < 0) {
      throw new IllegalArgumentException("faces cannot be narrower than " + ignoreUnder);
    }
  }

  /** The default tracker for every face that the detector finds. */
  public static TrackingPolicy defaults() {
    return of(FaceDetectorConfig.defaults());
  }

  /** The default tracker, with the size below which a configuration ignores faces. */
  public static TrackingPolicy of(FaceDetectorConfig config) {
    return new TrackingPolicy(TrackerParameters.defaults(), config.search().ignoreUnder());
  }

  /** As recorded in the video marker. */
  public String text() {
    return parameters.text()
        + " cuts="
        + SceneCutDetector.METHOD
        + " min_cut="
        + SceneCutDetector.MIN_DIFFERENCE
        + " dissolves="
        + DissolveDetector.METHOD
        + " rotated="
        + LostFaceSearch.METHOD
        + " rotated_every="
        + LostFaceSearch.WHOLE_FRAME_EVERY
        + " rotated_sightings="
        + RotatedCandidates.MIN_SIGHTINGS
        + " ignore_under="
        + ignoreUnder;
  }
}
