package io.framewarden.detector.replay;

/**
 * How scores of one model differ from those of another on the same frames.
 *
 * @param frames that both have scored
 * @param onlyNow scored by the replay and not before
 * @param failedNow frames that the replay's model could not score
 * @param meanDifference of the probabilities, now minus then; 0 without frames
 * @param meanAbsoluteDifference of the probabilities
 * @param largestDifference of the probabilities, absolute
 * @param disagreements frames on another side of the operating point: fake, real or between
 */
public record ScoreDifferences(
    long frames,
    long onlyNow,
    long failedNow,
    double meanDifference,
    double meanAbsoluteDifference,
    double largestDifference,
    long disagreements) {

  /** Part of the frames that both have scored, 0 to 1; 0 without frames. */
  public double disagreementRate() {
    return frames == 0 ? 0 : (double) disagreements / frames;
  }
}
