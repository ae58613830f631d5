package io.framewarden.extraction.extract;

/**
 * Holds the decoded frames of a stream against the sampled ones: a frame that is shown long after
 * the last sample, with no other sample near, was seen by nobody. One stream, one thread.
 */
final class SampledTime {
  private static final double MICROS = 1e6;

  /** A sample stands for so many intervals of the sampling after it. */
  private static final int INTERVALS = 2;

  private final double standsForUs;
  private long startUs = -1;
  private long lastUs;
  private long sampleUs;
  private boolean lastUnseen;
  private long unsampledUs;

  SampledTime(SamplingPolicy policy) {
    this.standsForUs = policy.isAll() ? 0 : INTERVALS * MICROS / policy.framesPerSecond();
  }

  /** Takes the next decoded frame, with its presentation time. */
  void add(long ptsUs, boolean sampled) {
    if (startUs < 0) {
      startUs = ptsUs;
    } else if (lastUnseen) {
      unsampledUs += ptsUs - lastUs;
    }
    lastUs = ptsUs;
    sampleUs = sampled ? ptsUs : sampleUs;
    lastUnseen = ptsUs - sampleUs > standsForUs;
  }

  /** The presentation time of the first frame, in microseconds; 0 without one. */
  long startUs() {
    return Math.max(0, startUs);
  }

  /** How long frames were shown that no sample stands for, in microseconds. */
  long unsampledUs() {
    return unsampledUs;
  }
}
