package io.framewarden.trainer.image;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;

import io.framewarden.extraction.face.GrayImage;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Single image operations of a stated strength on a gray8 image, for measuring what each does to a
 * model. Arrays are square images. Stateless; the argument stays as it is.
 */
public final class ImageFilters {
  private ImageFilters() {}

  /** Contrast around mid-gray, {@code gain} 1 for none. */
  public static byte[] adjustContrast(byte[] pixels, double gain) {
    return filter(pixels, image -> Tones.adjustTone(image, gain, 0));
  }

  /** Gaussian blur, sigma in pixels, above 0. */
  public static byte[] blur(byte[] pixels, double sigma) {
    return filter(pixels, image -> Images.blur(image, sigma));
  }

  /** Gaussian blur of an image of any size, sigma in pixels, above 0. */
  public static GrayImage blur(GrayImage image, double sigma) {
    try (PointerScope scope = new PointerScope()) {
      return Images.toImage(Images.blur(Images.toMat(image), sigma));
    }
  }

  /** JPEG of an image of any size, quality 1 to 100, decoded again. */
  public static GrayImage compressJpeg(GrayImage image, int quality) {
    try (PointerScope scope = new PointerScope()) {
      return Images.toImage(Jpeg.compress(Images.toMat(image), quality));
    }
  }

  /** Gaussian noise, deviation in gray levels. */
  public static byte[] addNoise(byte[] pixels, double deviation, RandomGenerator random) {
    return filter(pixels, image -> Images.addNoise(image, deviation, random));
  }

  /** JPEG of this quality, 1 to 100, decoded again. */
  public static byte[] compressJpeg(byte[] pixels, int quality) {
    return filter(pixels, image -> Jpeg.compress(image, quality));
  }

  /** Averaged down to a part of the side and brought back smoothly. */
  public static byte[] downscale(byte[] pixels, double factor) {
    return filter(pixels, image -> Images.resample(image, factor, INTER_LINEAR));
  }

  /** Averaged down to a part of the side and brought back as squares. */
  public static byte[] pixelate(byte[] pixels, double factor) {
    return filter(pixels, image -> Images.resample(image, factor, INTER_NEAREST));
  }

  private static byte[] filter(byte[] pixels, UnaryOperator<Mat> operation) {
    int side = (int) Math.round(Math.sqrt(pixels.length));
    try (PointerScope scope = new PointerScope()) {
      return Images.toBytes(operation.apply(Images.toMat(pixels, side, side)));
    }
  }
}
