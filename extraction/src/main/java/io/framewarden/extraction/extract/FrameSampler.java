package io.framewarden.extraction.extract;

/**
 * Decides frame by frame, in order of time and without lookahead, which are sampled. Time is cut
 * into equal slots from the first frame on, and the first frame in each slot is taken, so that the
 * same timestamps always give the same choice. One stream, one thread.
 *
 * <p>A short video gets narrower slots until it has yielded the policy's minimum number of frames.
 * Where the duration is unknown every frame is taken until that number is reached. From there on
 * the plain rate holds, whatever the container claims. Frames that stand closer than any player
 * shows them are sampled by their number.
 */
public final class FrameSampler {
  private static final double MICROS = 1e6;

  /** Above so many frames a second, one in so many is sampled, and not one in so much time. */
  private static final double MAX_FRAME_RATE = 120;

  private final SamplingPolicy policy;
  private final double plainSlotUs;
  private final double narrowSlotUs;
  private final int takeFirst;
  private final long maxUnsampled;
  private double slotUs;
  private long firstUs = -1;
  private long lastSlot = -1;
  private long taken;
  private long unsampled;

  FrameSampler(SamplingPolicy policy, long durationUs) {
    this.policy = policy;
    this.plainSlotUs = policy.isAll() ? 0 : MICROS / policy.framesPerSecond();
    boolean known = durationUs > 0;
    this.narrowSlotUs =
        known && policy.atLeast() > 0
            ? Math.min(plainSlotUs, (double) durationUs / policy.atLeast())
            : plainSlotUs;
    this.slotUs = narrowSlotUs;
    this.takeFirst = known ? 0 : policy.atLeast();
    this.maxUnsampled =
        policy.isAll()
            ? 0
            : (long) Math.max(1, Math.ceil(MAX_FRAME_RATE / policy.framesPerSecond()));
  }

  /** Whether the frame of a time is sampled; times must grow from call to call. */
  public boolean accept(long ptsUs) {
    if (policy.isAll()) {
      return true;
    }
    firstUs = firstUs < 0 ? ptsUs : firstUs;
    long us = ptsUs - firstUs;
    long slot = (long) (us / slotUs);
    boolean accepted = taken < takeFirst || slot > lastSlot || unsampled + 1 >= maxUnsampled;
    unsampled = accepted ? 0 : unsampled + 1;
    taken += accepted ? 1 : 0;
    slotUs = taken < policy.atLeast() ? narrowSlotUs : plainSlotUs;
    lastSlot = (long) (us / slotUs);
    return accepted;
  }
}
