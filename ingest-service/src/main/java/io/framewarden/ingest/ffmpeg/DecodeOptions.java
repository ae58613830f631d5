package io.framewarden.ingest.ffmpeg;

/**
 * How to decode.
 *
 * @param limits what a file may ask for
 * @param threads decoder threads; they change the speed, not the pictures
 */
public record DecodeOptions(DecodeLimits limits, int threads) {
  public DecodeOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("a decoder needs at least one thread, not " + threads);
    }
  }

  public static DecodeOptions defaults() {
    return new DecodeOptions(DecodeLimits.defaults(), 2);
  }
}
