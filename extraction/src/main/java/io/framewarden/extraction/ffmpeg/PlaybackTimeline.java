package io.framewarden.extraction.ffmpeg;

/**
 * The presentation times of a stream's frames as a player gets to them: always growing, in
 * microseconds from the start of the file. A file's timestamps are followed as long as they go
 * forward. Where they go back, stand still, are missing, or jump ahead further than players wait,
 * the frame follows the one before it by that one's duration, and the timestamps from there on
 * count from that frame. One stream, one thread.
 */
final class PlaybackTimeline {
  private static final double MICROS = 1e6;
  private static final long DEFAULT_DURATION_US = 40_000;
  private static final long MIN_DURATION_US = 1000;

  /** The longest time that one frame is shown and counts as played. */
  private static final long MAX_DURATION_US = 10_000_000;

  /** Streams that are shown at the same time may stand so far apart in a file. */
  private static final long INTERLEAVING_US = 1_000_000;

  /** Keeps sums and differences of timestamps within a long. */
  private static final double MAX_TIMESTAMP_US = 0x1p60;

  private final double tickUs;
  private final long rateDurationUs;
  private final ContainerClock clock;
  private final long reachedUs;
  private boolean started;
  private long timestampUs;
  private long offsetUs;
  private long lastUs;
  private long lastDurationUs;
  private long playedUs;
  private int jumps;

  /**
   * @param tickSeconds length of one tick of the stream's time base
   * @param frameRate frames a second, or 0 where unknown
   * @param clock what the timestamps count from
   * @param reachedUs how far the file has come where the stream begins; 0 at the file's start
   */
  PlaybackTimeline(double tickSeconds, double frameRate, ContainerClock clock, long reachedUs) {
    this.tickUs = tickSeconds * MICROS;
    this.rateDurationUs = frameRate > 0 ? plausible(Math.round(MICROS / frameRate)) : 0;
    this.clock = clock;
    this.reachedUs = reachedUs;
  }

  /**
   * The next frame's time.
   *
   * @param tick the frame's timestamp
   * @param missing stands for no timestamp
   * @param durationTicks how long the frame says that it is shown; 0 or less where it does not say
   */
  long next(long tick, long missing, long durationTicks) {
    long us = microseconds(tick);
    if (!started) {
      lastUs = tick == missing ? reachedUs : first(us);
      offsetUs = tick == missing ? lastUs - clock.startUs() : lastUs - us;
      started = true;
    } else {
      long before = lastUs;
      lastUs = tick == missing ? lastUs + lastDurationUs : following(us);
      playedUs += Math.min(lastUs - before, MAX_DURATION_US);
    }
    if (tick != missing) {
      timestampUs = us;
    }
    lastDurationUs = duration(durationTicks);
    return lastUs;
  }

  private long first(long us) {
    long start = Math.max(0, us - clock.startUs());
    boolean fits = start >= reachedUs - INTERLEAVING_US && start - reachedUs <= clock.maxGapUs();
    return fits ? start : reachedUs;
  }

  private long following(long us) {
    long expected = lastUs + lastDurationUs;
    long byOffset = us + offsetUs;
    long byStep = lastUs + us - timestampUs;
    boolean follows = isNext(byOffset);
    // After a jump the timestamps go on from where they are; after a single wrong one, from before.
    if (isNext(byStep) && (!follows || distance(byStep, expected) < distance(byOffset, expected))) {
      offsetUs = byStep - us;
      return byStep;
    }
    if (follows) {
      return byOffset;
    }
    jumps++;
    return expected;
  }

  private boolean isNext(long us) {
    return us > lastUs && us - lastUs <= clock.maxGapUs();
  }

  private static long distance(long us, long from) {
    return Math.abs(us - from);
  }

  private long microseconds(long tick) {
    return Math.round(Math.max(-MAX_TIMESTAMP_US, Math.min(MAX_TIMESTAMP_US, tick * tickUs)));
  }

  private long duration(long ticks) {
    long own = ticks > 0 ? plausible(microseconds(ticks)) : 0;
    return own > 0 ? own : rateDurationUs > 0 ? rateDurationUs : DEFAULT_DURATION_US;
  }

  /** 0 for a duration that no frame has: the header it comes from is wrong. */
  private static long plausible(long us) {
    return us >= MIN_DURATION_US && us <= MAX_DURATION_US ? us : 0;
  }

  /** Where the last frame ends. */
  long endUs() {
    return lastUs + lastDurationUs;
  }

  /** How long the frames so far are played, the last one left out, whatever the timestamps say. */
  long playedUs() {
    return playedUs;
  }

  /** How often the timestamps went back, stood still or jumped ahead. */
  int jumps() {
    return jumps;
  }
}
