package io.framewarden.detector.release.compare;

/**
 * How P(fake) of one model differs from that of another on the frames that both have scored.
 *
 * @param frames that both have scored
 * @param meanDifference 0 without frames
 * @param meanAbsoluteDifference 0 without frames
 * @param largestDifference absolute
 * @param disagreements frames that the two models label differently
 */
public record ScoreDifferences(
    long frames,
    double meanDifference,
    double meanAbsoluteDifference,
    double largestDifference,
    long disagreements) {

  /** Part of the frames that the two models label differently, 0 to 1; 0 without frames. */
  public double disagreementRate() {
    return frames == 0 ? 0 : (double) disagreements / frames;
  }

  /** Sums differences frame by frame. For one thread. */
  public static final class Sum {
    private long frames;
    private double sum;
    private double absoluteSum;
    private double largest;
    private long disagreements;

    /**
     * Adds a frame.
     *
     * @param difference of the probabilities
     * @param agrees whether the two models label it alike
     */
    public void add(double difference, boolean agrees) {
      frames++;
      sum += difference;
      absoluteSum += Math.abs(difference);
      largest = Math.max(largest, Math.abs(difference));
      disagreements += agrees ? 0 : 1;
    }

    /** The differences of the frames so far. */
    public ScoreDifferences toDifferences() {
      double count = Math.max(1, frames);
      return new ScoreDifferences(frames, sum / count, absoluteSum / count, largest, disagreements);
    }
  }
}
