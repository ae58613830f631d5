package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;

/**
 * Single image operations of a stated strength on an aligned gray8 face, for measuring what each
 * does to a model. {@link QualityAugmentation} draws its own. Stateless; the argument stays as it
 * is.
 */
public final class ImageFilters {
  private ImageFilters() {}

  /** Contrast around mid-gray, {@code gain} 1 for none. */
  public static byte[] adjustContrast(byte[] pixels, double gain) {
    return Images.adjustTone(pixels, gain, 0);
  }

  /** Gaussian blur, sigma in pixels, above 0. */
  public static byte[] blur(byte[] pixels, double sigma) {
    try (PointerScope scope = new PointerScope()) {
      return Images.toBytes(Images.blur(Images.toMat(pixels), sigma));
    }
  }

  /** Gaussian noise, deviation in gray levels. */
  public static byte[] addNoise(byte[] pixels, double deviation, RandomGenerator random) {
    return Images.addNoise(pixels, deviation, random);
  }

  /** JPEG of this quality, 1 to 100, decoded again. */
  public static byte[] compressJpeg(byte[] pixels, int quality) {
    try (PointerScope scope = new PointerScope()) {
      return Images.toBytes(Images.compressJpeg(Images.toMat(pixels), quality));
    }
  }

  /** Averaged down to a part of the side and brought back smoothly. */
  public static byte[] downscale(byte[] pixels, double factor) {
    try (PointerScope scope = new PointerScope()) {
      return Images.toBytes(
          Images.resample(Images.toMat(pixels), factor, INTER_AREA, INTER_LINEAR));
    }
  }

  /** Averaged down to a part of the side and brought back as squares. */
  public static byte[] pixelate(byte[] pixels, double factor) {
    try (PointerScope scope = new PointerScope()) {
      return Images.toBytes(
          Images.resample(Images.toMat(pixels), factor, INTER_AREA, INTER_NEAREST));
    }
  }
}
