package io.framewarden.extraction.ffmpeg;

import java.util.Objects;

/**
 * How to decode.
 *
 * @param limits what a file may ask for
 * @param threads decoder threads; they change the speed, not the frames
 * @param hardware what decodes, where it can; not the frames either
 */
public record DecodeOptions(DecodeLimits limits, int threads, HardwareDecoder hardware) {
  public DecodeOptions {
    Objects.requireNonNull(hardware, "hardware");
    if (threads < 1) {
      throw new IllegalArgumentException("a decoder needs at least one thread, not " + threads);
    }
  }

  /** On processors. */
  public DecodeOptions(DecodeLimits limits, int threads) {
    this(limits, threads, HardwareDecoder.NONE);
  }

  public static DecodeOptions defaults() {
    return new DecodeOptions(DecodeLimits.defaults(), 2);
  }

  /** The same by the way that does for every video. */
  public DecodeOptions plain() {
    return new DecodeOptions(limits, threads);
  }
}
