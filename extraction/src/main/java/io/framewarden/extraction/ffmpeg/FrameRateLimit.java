package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;

/**
 * How many frames a second a video may have. Each costs the decoder its time, and a file of a few
 * kilobytes can hold millions of empty ones.
 */
final class FrameRateLimit {
  /** Containers that tell no rate are often read as one frame a tick, a millisecond mostly. */
  private static final double HIGHEST_CLAIM = 10_000;

  /** High-speed cameras of phones reach 960. */
  private static final long MOST_PER_SECOND = 1000;

  /** Timestamps come in bunches; no video is refused over its first seconds' worth of frames. */
  private static final long FREE_SECONDS = 2;

  private static final double MICRO = 1e-6;

  private FrameRateLimit() {}

  /**
   * Checks what the header says.
   *
   * @param perSecond 0 where it does not say
   * @throws VideoException TOO_MANY_FRAMES
   */
  static void checkClaim(double perSecond) throws VideoException {
    if (perSecond > HIGHEST_CLAIM) {
      throw tooMany("the video claims %.0f frames a second".formatted(perSecond));
    }
  }

  /**
   * Checks what came.
   *
   * @param frames up to the one at {@code reachedUs}
   * @throws VideoException TOO_MANY_FRAMES
   */
  static void check(long frames, long reachedUs) throws VideoException {
    if (frames > MOST_PER_SECOND * (FREE_SECONDS + reachedUs * MICRO)) {
      throw tooMany("the video has " + frames + " frames in " + reachedUs + " microseconds");
    }
  }

  private static VideoException tooMany(String what) {
    return new VideoException(
        FailureReason.TOO_MANY_FRAMES,
        what
            + ", more than the "
            + MOST_PER_SECOND
            + " a second that are decoded; convert it to a usual frame rate");
  }
}
