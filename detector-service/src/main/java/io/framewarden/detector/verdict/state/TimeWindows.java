package io.framewarden.detector.verdict.state;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Sums of a track's probabilities by windows of presentation time. At most {@value #LIMIT} windows:
 * a longer video's windows are joined in pairs, so the width depends only on the latest time seen,
 * not on the order of arrival.
 */
public final class TimeWindows {
  static final int LIMIT = 4096;

  private long widthUs;
  private NavigableMap<Integer, ProbabilitySum> windows = new TreeMap<>();

  TimeWindows(long widthUs) {
    this.widthUs = widthUs;
  }

  void add(long ptsUs, double probability) {
    long from = Math.max(0, ptsUs);
    while (from / widthUs >= LIMIT) {
      joinPairs();
    }
    windows
        .computeIfAbsent((int) (from / widthUs), index -> ProbabilitySum.empty())
        .add(probability);
  }

  void put(int index, ProbabilitySum sum) {
    windows.put(index, sum);
  }

  /** Width of every window in microseconds. */
  public long widthUs() {
    return widthUs;
  }

  /** The windows that hold frames, by index (window i starts at i * width). */
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
