package io.framewarden.detector.verdict.state;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Sums of a track's probabilities by windows of presentation time. There are at most {@value
 * #MAX_WINDOWS} windows: those of a longer video are joined in pairs, so the width depends only on
 * the latest time seen, not on the order of arrival. Not safe for several threads.
 */
public final class TimeWindows {
  static final int MAX_WINDOWS = 4096;

  private long widthUs;
  private NavigableMap<Integer, ProbabilitySum> windows = new TreeMap<>();

  TimeWindows(long widthUs) {
    this.widthUs = widthUs;
  }

  /**
   * Adds a frame.
   *
   * @param ptsUs presentation time in microseconds; a negative one counts as 0
   * @param probability in [0, 1]
   */
  void add(long ptsUs, double probability) {
    long start = Math.max(0, ptsUs);
    while (start / widthUs >= MAX_WINDOWS) {
      joinPairs();
    }
    windows
        .computeIfAbsent((int) (start / widthUs), index -> ProbabilitySum.empty())
        .add(probability);
  }

  /** Restores a stored window. */
  void put(int index, ProbabilitySum sum) {
    windows.put(index, sum);
  }

  /** Width of every window in microseconds. */
  public long widthUs() {
    return widthUs;
  }

  /** The windows that hold frames, by index; window i starts at i * width. A view. */
  public Map<Integer, ProbabilitySum> sums() {
    return Collections.unmodifiableMap(windows);
  }

  private void joinPairs() {
    NavigableMap<Integer, ProbabilitySum> joined = new TreeMap<>();
    windows.forEach(
        (index, sum) -> joined.computeIfAbsent(index / 2, any -> ProbabilitySum.empty()).add(sum));
    windows = joined;
    widthUs *= 2;
  }
}
