package io.framewarden.extraction.ffmpeg;

import java.time.Duration;
import java.util.Objects;

/**
 * How to decode.
 *
 * @param limits limits on the file
 * @param threads decoder threads; they change the speed, not the frames
 * @param hardware what decodes where it can; it does not change the frames either
 */
public record DecodeOptions(DecodeLimits limits, int threads, HardwareDecoder hardware) {
  public DecodeOptions {
    Objects.requireNonNull(hardware, "hardware");
    if (threads < 1) {
      throw new IllegalArgumentException("a decoder needs at least one thread, not " + threads);
    }
  }

  /** Decodes on the CPU. */
  public DecodeOptions(DecodeLimits limits, int threads) {
    this(limits, threads, HardwareDecoder.NONE);
  }

  /** Default limits, two threads, on the CPU. */
  public static DecodeOptions defaults() {
    return new DecodeOptions(DecodeLimits.defaults(), 2);
  }

  /** These options with another limit on the playing time. */
  public DecodeOptions withMaxDuration(Duration most) {
    Duration positive = most.toMillis() < 1 ? Duration.ofMillis(1) : most;
    DecodeLimits limited =
        new DecodeLimits(limits.maxBytes(), limits.maxPixels(), limits.maxStreams(), positive);
    return new DecodeOptions(limited, threads, hardware);
  }

  /** These options without hardware, as every video can be decoded. */
  public DecodeOptions onCpu() {
    return new DecodeOptions(limits, threads);
  }
}
