package io.framewarden.extraction.ffmpeg;

import io.framewarden.v1.FailureReason;

/**
 * Limits how long a video plays. What counts is how long its decoded frames are played: timestamps
 * that jump make no video longer, and a false length in a header refuses none. Stateless.
 */
final class PlayingTimeLimit {
  /** With fewer frames a second a video is not as long as it claims. */
  private static final long MIN_FRAME_RATE = 10;

  private PlayingTimeLimit() {}

  /**
   * Checks a claim before anything is decoded: it is believed where the container lists the frames
   * that would take that long.
   *
   * @throws VideoException TOO_LONG
   */
  static void checkClaim(Demuxer source, DecodeLimits limits) throws VideoException {
    long enough = limits.maxDuration().toSeconds() * MIN_FRAME_RATE;
    if (source.durationUs() > limits.maxDurationUs() && source.listedFrames() > enough) {
      throw tooLong(limits);
    }
  }

  /**
   * Checks the frames that were decoded.
   *
   * @param playedUs how long they are played, in microseconds
   * @throws VideoException TOO_LONG
   */
  static void check(long frames, long playedUs, DecodeLimits limits) throws VideoException {
    if (playedUs > limits.maxDurationUs() || frames >= limits.maxFrames()) {
      throw tooLong(limits);
    }
  }

  private static VideoException tooLong(DecodeLimits limits) {
    return new VideoException(
        FailureReason.TOO_LONG,
        "the video plays longer than the "
            + limits.maxDuration().toSeconds()
            + " seconds allowed; upload it in shorter parts");
  }
}
