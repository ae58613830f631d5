package io.framewarden.detector.verdict.state;

/**
 * A sum of probabilities as a whole number of 2<sup>-40</sup>, so that it is the same in whatever
 * order the frames arrive. Rounding costs at most 5e-13 a frame; 2<sup>22</sup> frames fit. Not
 * safe for several threads.
 */
public final class ProbabilitySum {
  private static final double UNITS_PER_ONE = 1L << 40;

  private long units;
  private int count;

  /** A sum of nothing yet. */
  public static ProbabilitySum empty() {
    return new ProbabilitySum(0, 0);
  }

  ProbabilitySum(long units, int count) {
    this.units = units;
    this.count = count;
  }

  /** Adds one probability in [0, 1]. */
  void add(double probability) {
    units += Math.round(probability * UNITS_PER_ONE);
    count++;
  }

  /** Adds all that another sum holds. */
  public void add(ProbabilitySum other) {
    units += other.units;
    count += other.count;
  }

  /** How many probabilities were added. */
  public int count() {
    return count;
  }

  long units() {
    return units;
  }

  /** The mean in [0, 1]; 0 when nothing was added. */
  public double mean() {
    return count == 0 ? 0 : units / UNITS_PER_ONE / count;
  }
}
