package io.framewarden.trainer.image;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Changes of the levels of gray8 images. The caller opens a {@code PointerScope}, which owns every
 * native object created here; arguments stay as they are.
 */
public final class Tones {
  private Tones() {}

  /** Brightness and contrast: {@code gain * (p - 128) + 128 + shift}, clipped. */
  public static Mat adjustTone(Mat source, double gain, double shift) {
    return adjustTone(source, gain, 128, shift);
  }

  /** Contrast around a middle, and brightness: {@code gain * (p - m) + m + shift}, clipped. */
  public static Mat adjustTone(Mat source, double gain, double middle, double shift) {
    byte[] levels = new byte[256];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = clamp(gain * (level - middle) + middle + shift);
    }
    return applyTable(source, levels);
  }

  /** {@code 255 (p / 255)^exponent}. */
  public static Mat adjustGamma(Mat source, double exponent) {
    byte[] levels = new byte[256];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = clamp(255 * Math.pow(level / 255.0, exponent));
    }
    return applyTable(source, levels);
  }

  /** Replaces every pixel by the table's entry for it. */
  public static Mat applyTable(Mat source, byte[] levels) {
    Mat out = new Mat();
    opencv_core.LUT(source, Images.toMat(levels, levels.length, 1), out);
    return out;
  }

  /** The nearest gray level. */
  public static byte clamp(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
