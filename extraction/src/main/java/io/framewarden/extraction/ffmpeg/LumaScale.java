package io.framewarden.extraction.ffmpeg;

/**
 * Maps luma codes to gray levels. Full range: {@code code * 255 / (2^depth - 1)}. Limited range:
 * {@code (clip(code, 16 s, 235 s) - 16 s) * 255 / (219 s)} with {@code s = 2^(depth - 8)}. Both
 * rounded to the nearest level. Immutable.
 */
final class LumaScale {
  private final int depth;
  private final boolean fullRange;
  private final byte[] levels;

  LumaScale(int depth, boolean fullRange) {
    this.depth = depth;
    this.fullRange = fullRange;
    this.levels = new byte[1 << depth];
    for (int code = 0; code < levels.length; code++) {
      levels[code] = (byte) (fullRange ? full(code, depth) : limited(code, depth));
    }
  }

  /** Whether this scale is the one of a depth and range. */
  boolean matches(int wantedDepth, boolean wantedFullRange) {
    return depth == wantedDepth && fullRange == wantedFullRange;
  }

  /** The gray level of a code from 0 to {@code 2^depth - 1}. */
  byte level(int code) {
    return levels[code];
  }

  /** Replaces codes of eight bits by their levels, in place. */
  void apply(byte[] codes) {
    for (int i = 0; i < codes.length; i++) {
      codes[i] = levels[codes[i] & 0xff];
    }
  }

  private static long full(int code, int depth) {
    return Math.round(code * 255.0 / ((1 << depth) - 1));
  }

  private static long limited(int code, int depth) {
    double scale = Math.scalb(1.0, depth - 8);
    double clipped = Math.max(16 * scale, Math.min(235 * scale, code));
    return Math.round((clipped - 16 * scale) * 255 / (219 * scale));
  }
}
