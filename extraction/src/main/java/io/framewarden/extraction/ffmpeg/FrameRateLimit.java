package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;

/**
 * Limits the frame rate of a video. Each frame costs the decoder time, and a file of a few
 * kilobytes can hold millions of empty ones. The rate that a header claims costs nothing.
 * Stateless.
 */
final class FrameRateLimit {
  /** High-speed cameras of phones reach 960. */
  private static final long MAX_PER_SECOND = 1000;

  /** Timestamps come in bursts; no video is refused for the frames of its first seconds. */
  private static final long BURST_SECONDS = 2;

  private static final double MICRO = 1e-6;

  private FrameRateLimit() {}

  /**
   * Checks the frames that were decoded.
   *
   * @param frames up to the one at {@code reachedUs}
   * @throws VideoException TOO_MANY_FRAMES
   */
  static void check(long frames, long reachedUs) throws VideoException {
    if (frames > MAX_PER_SECOND * (BURST_SECONDS + reachedUs * MICRO)) {
      throw new VideoException(
          FailureReason.TOO_MANY_FRAMES,
          "the video has "
              + frames
              + " frames in "
              + reachedUs
              + " microseconds, more than the "
              + MAX_PER_SECOND
              + " a second that are decoded; convert it to a usual frame rate");
    }
  }
}
