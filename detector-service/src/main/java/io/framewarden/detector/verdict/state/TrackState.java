package io.framewarden.detector.verdict.state;

/** The scores of one tracked face. Mutable, owned by its {@link ModelScores}. */
public final class TrackState {
  private final int trackId;
  private final int stream;
  private final ProbabilitySum sum;
  private final ProbabilityHistogram histogram = new ProbabilityHistogram();
  private final TimeWindows windows;
  private long firstUs;
  private long lastUs;
  private int lowQualityFrames;

  TrackState(int trackId, int stream, long windowUs) {
    this(
        trackId,
        stream,
        ProbabilitySum.empty(),
        new TimeWindows(windowUs),
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0);
  }

  TrackState(
      int trackId,
      int stream,
      ProbabilitySum sum,
      TimeWindows windows,
      long firstUs,
      long lastUs,
      int lowQualityFrames) {
    this.trackId = trackId;
    this.stream = stream;
    this.sum = sum;
    this.windows = windows;
    this.firstUs = firstUs;
    this.lastUs = lastUs;
    this.lowQualityFrames = lowQualityFrames;
  }

  /**
   * Adds a scored frame that decides.
   *
   * @param ptsUs presentation time in microseconds
   * @param probability in [0, 1]
   */
  void add(long ptsUs, double probability) {
    sum.add(probability);
    histogram.add(probability);
    windows.add(ptsUs, probability);
    extendTo(ptsUs);
  }

  /** Adds a scored frame whose quality is too low to decide anything. */
  void addLowQuality(long ptsUs) {
    lowQualityFrames++;
    extendTo(ptsUs);
  }

  private void extendTo(long ptsUs) {
    firstUs = Math.min(firstUs, ptsUs);
    lastUs = Math.max(lastUs, ptsUs);
  }

  /** The track's number within the attempt, from 0. */
  public int trackId() {
    return trackId;
  }

  /** The index in its container of the video stream that the face is in, from 0. */
  public int stream() {
    return stream;
  }

  /** How many scored frames the policy left out for their quality. */
  public int lowQualityFrames() {
    return lowQualityFrames;
  }

  /** How many scored frames decide. */
  public int frames() {
    return sum.count();
  }

  /** The sum of the probabilities of the frames that decide. */
  public ProbabilitySum sum() {
    return sum;
  }

  /** The distribution of these probabilities. */
  public ProbabilityHistogram histogram() {
    return histogram;
  }

  /** The same probabilities over time. */
  public TimeWindows windows() {
    return windows;
  }

  /** The presentation time of the earliest scored frame, in microseconds. */
  public long firstUs() {
    return firstUs;
  }

  /** The presentation time of the latest scored frame, in microseconds. */
  public long lastUs() {
    return lastUs;
  }
}
