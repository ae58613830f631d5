package io.framewarden.extraction.ffmpeg;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * Limits on what a file may demand of the decoder. Each has its own failure reason.
 *
 * @param maxBytes size of the file ({@code TOO_LARGE})
 * @param maxPixels width times height of a frame ({@code TOO_MANY_PIXELS})
 * @param maxStreams streams in the container ({@code TOO_MANY_STREAMS})
 * @param maxDuration that the decoded frames of a stream are played, whatever the container and the
 *     timestamps claim ({@code TOO_LONG})
 */
public record DecodeLimits(long maxBytes, long maxPixels, int maxStreams, Duration maxDuration) {
  @ConfigDescription("Largest video, in bytes.")
  public static final String MAX_BYTES = "FRAMEWARDEN_VIDEO_MAX_BYTES";

  @ConfigDescription("Most pixels in a frame (8192 x 4320 by default).")
  public static final String MAX_PIXELS = "FRAMEWARDEN_VIDEO_MAX_PIXELS";

  @ConfigDescription("Most streams in a container.")
  public static final String MAX_STREAMS = "FRAMEWARDEN_VIDEO_MAX_STREAMS";

  @ConfigDescription("Longest video.")
  public static final String MAX_DURATION = "FRAMEWARDEN_VIDEO_MAX_DURATION";

  /** No real video has more; bounds streams whose timestamps do not grow. */
  private static final long MAX_FRAMES_PER_SECOND = 480;

  public DecodeLimits {
    if (maxBytes < 1 || maxPixels < 1 || maxStreams < 1 || maxDuration.toMillis() < 1) {
      throw new IllegalArgumentException("every decode limit must be positive");
    }
  }

  /** The limits where no variable is set. */
  public static DecodeLimits defaults() {
    return new DecodeLimits(4L << 30, 8192L * 4320, 16, Duration.ofHours(3));
  }

  /** Reads the variables of the limits. */
  public static DecodeLimits from(Settings settings) {
    DecodeLimits defaults = defaults();
    return new DecodeLimits(
        settings.wholeNumber(MAX_BYTES, defaults.maxBytes, 1, 1L << 40),
        settings.wholeNumber(MAX_PIXELS, defaults.maxPixels, 1, 1L << 30),
        settings.integer(MAX_STREAMS, defaults.maxStreams, 1, 1000),
        maxDuration(settings, defaults.maxDuration));
  }

  /** {@link #maxDuration()} in microseconds. */
  public long maxDurationUs() {
    return maxDuration.toMillis() * 1000;
  }

  /** The maximum number of frames that are decoded of one video. */
  public long maxFrames() {
    return Math.max(1, maxDuration.toSeconds()) * MAX_FRAMES_PER_SECOND;
  }

  private static Duration maxDuration(Settings settings, Duration defaults) {
    Duration given = settings.duration(MAX_DURATION, defaults);
    if (given.toMillis() < 1) {
      settings.problem(MAX_DURATION + " must be longer than nothing, e.g. 30m");
      return defaults;
    }
    return given;
  }
}
