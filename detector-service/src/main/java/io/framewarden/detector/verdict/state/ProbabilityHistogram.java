package io.framewarden.detector.verdict.state;

/**
 * How often each probability was seen, in 256 bins of equal width. A frame counts as its bin's
 * centre, so a mean over any part of the frames is within 1/512 of the exact one, at a few hundred
 * bytes for any number of frames and in any order of arrival. Not safe for several threads.
 */
public final class ProbabilityHistogram {
  /** How many bins. */
  static final int BINS = 256;

  private final int[] counts = new int[BINS];
  private int total;

  /** Counts one probability in [0, 1]. */
  void add(double probability) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    add(bin, 1);
  }

  void add(int bin, int count) {
    counts[bin] += count;
    total += count;
  }

  int count(int bin) {
    return counts[bin];
  }

  /** The first bin that is not empty, or {@link #BINS}. */
  int first() {
    int bin = 0;
    while (bin < BINS && counts[bin] == 0) {
      bin++;
    }
    return bin;
  }

  /** The last bin that is not empty, or -1. */
  int last() {
    int bin = BINS - 1;
    while (bin >= 0 && counts[bin] == 0) {
      bin--;
    }
    return bin;
  }

  /**
   * The mean of the highest probabilities.
   *
   * @param fraction of the frames, in (0, 1]; rounded up to at least one frame
   * @return in [0, 1]; 0 without any frame
   */
  public double topMean(double fraction) {
    if (total == 0) {
      return 0;
    }
    int wanted = Math.max(1, (int) Math.ceil(fraction * total));
    int left = wanted;
    double sum = 0;
    for (int bin = BINS - 1; bin >= 0 && left > 0; bin--) {
      int taken = Math.min(left, counts[bin]);
      sum += taken * (bin + 0.5) / BINS;
      left -= taken;
    }
    return sum / wanted;
  }
}
