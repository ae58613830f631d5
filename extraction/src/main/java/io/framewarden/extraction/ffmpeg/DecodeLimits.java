package io.framewarden.extraction.ffmpeg;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * What a file may ask of the decoder. Each limit has its own failure reason.
 *
 * @param maxBytes size of the file ({@code TOO_LARGE})
 * @param maxPixels width times height of a frame ({@code TOO_MANY_PIXELS})
 * @param maxStreams streams in the container ({@code TOO_MANY_STREAMS})
 * @param maxDuration from the first to the last frame, whatever the container claims ({@code
 *     TOO_LONG})
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

  /** No real video shows more; bounds streams whose timestamps stand still. */
  private static final long MOST_FRAMES_PER_SECOND = 480;

  public DecodeLimits {
    if (maxBytes < 1 || maxPixels < 1 || maxStreams < 1 || maxDuration.toMillis() < 1) {
      throw new IllegalArgumentException("every decode limit must be positive");
    }
  }

  public static DecodeLimits defaults() {
    return new DecodeLimits(4L << 30, 8192L * 4320, 16, Duration.ofHours(3));
  }

  public static DecodeLimits from(Settings settings) {
    DecodeLimits otherwise = defaults();
    return new DecodeLimits(
        settings.wholeNumber(MAX_BYTES, otherwise.maxBytes, 1, 1L << 40),
        settings.wholeNumber(MAX_PIXELS, otherwise.maxPixels, 1, 1L << 30),
        settings.integer(MAX_STREAMS, otherwise.maxStreams, 1, 1000),
        positive(settings, otherwise.maxDuration));
  }

  /** {@link #maxDuration()} in microseconds. */
  public long maxDurationUs() {
    return maxDuration.toMillis() * 1000;
  }

  /** The most frames that are read of one video. */
  public long maxFrames() {
    return Math.max(1, maxDuration.toSeconds()) * MOST_FRAMES_PER_SECOND;
  }

  private static Duration positive(Settings settings, Duration otherwise) {
    Duration given = settings.duration(MAX_DURATION, otherwise);
    if (given.toMillis() < 1) {
      settings.problem(MAX_DURATION + " must be longer than nothing, e.g. 30m");
      return otherwise;
    }
    return given;
  }
}
