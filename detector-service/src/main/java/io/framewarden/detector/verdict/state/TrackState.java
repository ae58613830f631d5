package io.framewarden.detector.verdict.state;

/** What is remembered of one tracked person. */
public final class TrackState {
  private final int trackId;
  private final ProbabilitySum sum;
  private final ProbabilityHistogram histogram = new ProbabilityHistogram();
  private final TimeWindows windows;
  private long firstUs;
  private long lastUs;
  private int poorFrames;

  TrackState(int trackId, long windowUs) {
    this(
        trackId,
        ProbabilitySum.empty(),
        new TimeWindows(windowUs),
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0);
  }

  TrackState(
      int trackId,
      ProbabilitySum sum,
      TimeWindows windows,
      long firstUs,
      long lastUs,
      int poorFrames) {
    this.trackId = trackId;
    this.sum = sum;
    this.windows = windows;
    this.firstUs = firstUs;
    this.lastUs = lastUs;
    this.poorFrames = poorFrames;
  }

  void add(long ptsUs, double probability) {
    sum.add(probability);
    histogram.add(probability);
    windows.add(ptsUs, probability);
    saw(ptsUs);
  }

  /** Notes a scored frame that is too poor to decide anything. */
  void addPoor(long ptsUs) {
    poorFrames++;
    saw(ptsUs);
  }

  private void saw(long ptsUs) {
    firstUs = Math.min(firstUs, ptsUs);
    lastUs = Math.max(lastUs, ptsUs);
  }

  public int trackId() {
    return trackId;
  }

  /** Scored frames that policy left out for their quality. */
  public int poorFrames() {
    return poorFrames;
  }

  /** Scored frames that decide. */
  public int frames() {
    return sum.count();
  }

  public ProbabilitySum sum() {
    return sum;
  }

  public ProbabilityHistogram histogram() {
    return histogram;
  }

  public TimeWindows windows() {
    return windows;
  }

  /** Presentation time of the earliest scored frame, microseconds. */
  public long firstUs() {
    return firstUs;
  }

  /** Presentation time of the latest scored frame, microseconds. */
  public long lastUs() {
    return lastUs;
  }
}
