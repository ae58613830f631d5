package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.FaceDetectorConfig;

/**
 * Which faces count, and which of them are one person's. None of it changes a pixel of a face
 * frame, so none of it is part of the extraction recipe.
 *
 * @param parameters when a face may be the person that a track has followed so far
 * @param ignoreUnder faces narrower than so many source pixels are found but not followed; 0 for
 *     none
 */
public record TrackingPolicy(TrackerParameters parameters, int ignoreUnder) {
  public TrackingPolicy {
    if (ignoreUnder < 0) {
      throw new IllegalArgumentException("faces cannot be narrower than " + ignoreUnder);
    }
  }

  /** Every face that the detector finds. */
  public static TrackingPolicy defaults() {
    return of(FaceDetectorConfig.defaults());
  }

  /** With the least size that a configuration asks for. */
  public static TrackingPolicy of(FaceDetectorConfig config) {
    return new TrackingPolicy(TrackerParameters.defaults(), config.ignoreUnder());
  }

  /** As recorded in the video marker. */
  public String text() {
    return parameters.text()
        + " cuts="
        + SceneCutDetector.METHOD
        + " least_cut="
        + SceneCutDetector.LEAST
        + " ignore_under="
        + ignoreUnder;
  }
}
