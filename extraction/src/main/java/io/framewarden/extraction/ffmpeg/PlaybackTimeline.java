package io.framewarden.extraction.ffmpeg;

/**
 * Timestamps of frames in microseconds from the first one, always growing: a frame without a
 * timestamp, or with one that does not grow, follows the one before it by one frame duration, or a
 * microsecond. One video, one thread.
 */
final class PtsClock {
  private static final double MICROS = 1e6;
  private static final long DEFAULT_STEP_US = 40_000;

  private final double tickUs;
  private final long stepUs;
  private long firstTick;
  private long lastUs = -1;

  /**
   * @param tickSeconds length of one tick of the stream's time base
   * @param frameRate frames a second, or 0 where unknown
   */
  PtsClock(double tickSeconds, double frameRate) {
    this.tickUs = tickSeconds * MICROS;
    this.stepUs = frameRate > 0 ? Math.max(1, Math.round(MICROS / frameRate)) : DEFAULT_STEP_US;
  }

  /** A clock for the frames of a container's video stream. */
  static PtsClock of(Demuxer source) {
    double tick = (double) source.timeBase().num() / Math.max(1, source.timeBase().den());
    return new PtsClock(tick, source.frameRate());
  }

  /** The next frame's time; {@code missing} stands for no timestamp. */
  long next(long tick, long missing) {
    if (lastUs < 0) {
      firstTick = tick == missing ? 0 : tick;
      lastUs = 0;
    } else if (tick == missing) {
      lastUs += stepUs;
    } else {
      lastUs = Math.max(lastUs + 1, Math.round((tick - firstTick) * tickUs));
    }
    return lastUs;
  }

  /** How long a frame lasts where nothing better is known. */
  long stepUs() {
    return stepUs;
  }
}
