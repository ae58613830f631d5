package io.framewarden.extraction.face.track;

import io.framewarden.extraction.face.RecipeText;

/**
 * When a face may belong to a track. Sizes are the mean of the two boxes' mean sides, so the
 * numbers hold at every resolution.
 *
 * @param minIou a face may belong to a track whose box has at least this intersection over union, 0
 *     to 1
 * @param maxSpeed a face may move so many face sizes a second without overlapping the track's box
 * @param maxReach but never more than so many face sizes between two sightings
 * @param maxSizeRatio larger over smaller size, at least 1
 * @param maxGapUs a track unseen for longer than this ends, microseconds
 */
public record TrackerParameters(
    double minIou, double maxSpeed, double maxReach, double maxSizeRatio, long maxGapUs) {
  public TrackerParameters {
    if (!(minIou >= 0 && minIou <= 1)
        || !(maxSpeed >= 0)
        || !(maxReach >= 0)
        || !(maxSizeRatio >= 1)
        || maxGapUs < 0) {
      throw new IllegalArgumentException(
          "a tracker cannot have minIou "
              + minIou
              + ", maxSpeed "
              + maxSpeed
              + ", maxReach "
              + maxReach
              + ", maxSizeRatio "
              + maxSizeRatio
              + ", maxGapUs "
              + maxGapUs);
    }
  }

  /** As recorded in the video marker: everything that decides which faces are one person's. */
  public String text() {
    return FaceTracker.ASSOCIATION
        + " min_iou="
        + RecipeText.number(minIou)
        + " max_speed="
        + RecipeText.number(maxSpeed)
        + " max_reach="
        + RecipeText.number(maxReach)
        + " max_size_ratio="
        + RecipeText.number(maxSizeRatio)
        + " max_gap_us="
        + maxGapUs;
  }

  /**
   * Suited to about four frames a second: a head that turns away for up to a second and a half
   * keeps its track, and so does one that moves by its own width between two frames.
   */
  public static TrackerParameters defaults() {
    return new TrackerParameters(0.2, 4, 1.5, 1.8, 1_500_000);
  }
}
