package io.framewarden.detector.release.compare;

/**
 * How the shadow's scores differ from the active model's on the same frames.
 *
 * @param videos with frames that both have scored
 * @param frames that both have scored
 * @param onlyShadow frames without a score of the active model in the range
 * @param failed frames that the shadow could not score
 * @param meanDifference of the probabilities, shadow minus active; 0 without frames
 * @param meanAbsoluteDifference of the probabilities
 * @param disagreements frames that one calls fake and the other does not
 */
public record ScoreComparison(
    int videos,
    long frames,
    long onlyShadow,
    long failed,
    double meanDifference,
    double meanAbsoluteDifference,
    long disagreements) {

  /** Part of the frames that both have scored, 0 to 1; 0 without frames. */
  public double disagreementRate() {
    return frames == 0 ? 0 : (double) disagreements / frames;
  }
}
