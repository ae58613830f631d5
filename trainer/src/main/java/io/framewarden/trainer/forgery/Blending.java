package io.framewarden.trainer.forgery;

import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.image.Tones;
import org.bytedeco.opencv.opencv_core.Mat;

/** What the kinds share: levels under a mask, and the pair that a blend makes. Stateless. */
final class Blending {
  private Blending() {}

  /** The inner image on the outer one, under a mask; the outer one is the real face. */
  static ForgedPair pair(Mat outer, Mat inner, byte[] mask) {
    GrayImage real = Images.toImage(outer);
    byte[] fake = blend(real.pixels(), Images.toBytes(inner), mask);
    int width = real.width();
    int height = real.height();
    return new ForgedPair(
        real, new GrayImage(width, height, fake), new GrayImage(width, height, mask));
  }

  /**
   * The inner image with the outer one's mean and deviation under the mask; the gain is at most 2.
   */
  static Mat matchLevels(Mat inner, Mat outer, byte[] mask) {
    double[] from = moments(Images.toBytes(inner), mask);
    double[] to = moments(Images.toBytes(outer), mask);
    double gain = Math.max(0.5, Math.min(2, to[1] / from[1]));
    return Tones.adjustTone(inner, gain, from[0], to[0] - from[0]);
  }

  /** Mean and deviation under the mask; the deviation is at least 1. */
  static double[] moments(byte[] pixels, byte[] mask) {
    double weight = 1e-9;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < pixels.length; i++) {
      double w = mask[i] & 0xff;
      double v = pixels[i] & 0xff;
      weight += w;
      sum += w * v;
      squares += w * v * v;
    }
    double mean = sum / weight;
    return new double[] {mean, Math.max(1, Math.sqrt(Math.max(0, squares / weight - mean * mean)))};
  }

  /** {@code outer * (1 - mask) + inner * mask}; where the mask is 0 the outer pixel is kept. */
  private static byte[] blend(byte[] outer, byte[] inner, byte[] mask) {
    byte[] out = new byte[outer.length];
    for (int i = 0; i < out.length; i++) {
      int share = mask[i] & 0xff;
      out[i] = (byte) (((outer[i] & 0xff) * (255 - share) + (inner[i] & 0xff) * share + 127) / 255);
    }
    return out;
  }
}
