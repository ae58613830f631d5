package io.framewarden.extraction.extract;

/**
 * Decides frame by frame, in order of time and without lookahead, which are sampled. Time is cut
 * into equal slots from the first frame on, and the first frame in each slot is taken, so that the
 * same timestamps always give the same choice. One video, one thread.
 *
 * <p>A short video gets narrower slots, so that it yields the policy's minimum number of frames if
 * it has as many. Where the duration is unknown every frame is taken until that number is reached,
 * and then the plain rate holds.
 */
public final class FrameSampler {
  private static final double MICROS = 1e6;

  private final SamplingPolicy policy;
  private final double slotUs;
  private final int takeFirst;
  private long lastSlot = -1;
  private long taken;

  FrameSampler(SamplingPolicy policy, long durationUs) {
    this.policy = policy;
    double plain = policy.isAll() ? 0 : MICROS / policy.framesPerSecond();
    boolean known = durationUs > 0;
    this.slotUs =
        known && policy.atLeast() > 0
            ? Math.min(plain, (double) durationUs / policy.atLeast())
            : plain;
    this.takeFirst = known ? 0 : policy.atLeast();
  }

  /** Whether the frame of a time is sampled; times must grow from call to call. */
  public boolean accept(long ptsUs) {
    long slot = policy.isAll() ? 0 : (long) (ptsUs / slotUs);
    boolean accepted = policy.isAll() || taken < takeFirst || slot > lastSlot;
    lastSlot = slot;
    taken += accepted ? 1 : 0;
    return accepted;
  }
}
