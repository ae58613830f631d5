package io.framewarden.extraction.extract;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Which decoded frames are sampled: so many a second, and at least some number from a short video;
 * or all.
 *
 * @param framesPerSecond 0 stands for all frames
 * @param atLeast the minimum number of frames, where a short video has as many
 */
public record SamplingPolicy(double framesPerSecond, int atLeast) {
  private static final String ALL = "all";
  private static final double MAX_RATE = 1000;

  public SamplingPolicy {
    if (!(framesPerSecond >= 0 && framesPerSecond <= MAX_RATE) || atLeast < 0) {
      throw new IllegalArgumentException(
          "cannot sample " + framesPerSecond + " frames a second, at least " + atLeast);
    }
  }

  /** Four frames a second, at least 32. */
  public static SamplingPolicy defaults() {
    return new SamplingPolicy(4, 32);
  }

  /** Every frame. */
  public static SamplingPolicy all() {
    return new SamplingPolicy(0, 0);
  }

  /**
   * Reads a policy.
   *
   * @param text "all", or frames a second such as "4" or "2.5"; the minimum stays 32
   * @throws IllegalArgumentException for anything else
   */
  public static SamplingPolicy parse(String text) {
    String given = text.trim().toLowerCase(Locale.ROOT);
    if (given.equals(ALL)) {
      return all();
    }
    double rate;
    try {
      rate = Double.parseDouble(given);
    } catch (NumberFormatException e) {
      throw unreadable(text);
    }
    if (!(rate > 0 && rate <= MAX_RATE)) {
      throw unreadable(text);
    }
    return new SamplingPolicy(rate, defaults().atLeast);
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "a sampling is \"all\" or frames a second from just above 0 to 1000, not " + text);
  }

  public boolean isAll() {
    return framesPerSecond == 0;
  }

  /** As recorded in the video marker, e.g. "4/s, at least 32" or "all". */
  public String text() {
    return isAll()
        ? ALL
        : new BigDecimal(Double.toString(framesPerSecond)).stripTrailingZeros().toPlainString()
            + "/s, at least "
            + atLeast;
  }

  /**
   * A sampler for one video.
   *
   * @param durationUs as the container claims, in microseconds; 0 where unknown, and then the plain
   *     rate is used once the minimum is reached
   */
  public FrameSampler sampler(long durationUs) {
    return new FrameSampler(this, durationUs);
  }
}
