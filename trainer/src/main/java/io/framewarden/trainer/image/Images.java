package io.framewarden.trainer.image;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;

import io.framewarden.extraction.face.GrayImage;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Images between Java and OpenCV, and filters of any image. The caller opens a {@code
 * PointerScope}, which owns every native object created here; arguments stay as they are.
 */
public final class Images {
  static {
    // One thread an image: the batch source runs several images at once, and sums come out the
    // same whatever the machine.
    opencv_core.setNumThreads(1);
  }

  private Images() {}

  /** A copy of the image. */
  public static Mat toMat(GrayImage image) {
    return toMat(image.pixels(), image.width(), image.height());
  }

  /** A copy of row-major gray8 pixels. */
  public static Mat toMat(byte[] pixels, int width, int height) {
    Mat mat = new Mat(height, width, CV_8UC1);
    new BytePointer(mat.data()).put(pixels, 0, pixels.length);
    return mat;
  }

  /** A copy of a gray8 image. */
  public static GrayImage toImage(Mat gray) {
    return new GrayImage(gray.cols(), gray.rows(), toBytes(gray));
  }

  /** The pixels of a gray8 image, row-major. */
  public static byte[] toBytes(Mat gray) {
    byte[] pixels = new byte[gray.rows() * gray.cols()];
    new BytePointer(gray.data()).get(pixels);
    return pixels;
  }

  /** A matrix of floats, as OpenCV's remap takes coordinates. */
  public static Mat toFloatMat(float[] values, int width, int height) {
    Mat mat = new Mat(height, width, CV_32FC1);
    new FloatPointer(mat.data()).put(values, 0, values.length);
    return mat;
  }

  /** Gaussian blur, sigma in pixels, above 0. */
  public static Mat blur(Mat source, double sigma) {
    Mat out = new Mat();
    opencv_imgproc.GaussianBlur(source, out, new Size(0, 0), sigma);
    return out;
  }

  /** Unsharp masking: the image plus {@code amount} times what a blur takes from it. */
  public static Mat sharpen(Mat source, double sigma, double amount) {
    Mat out = new Mat();
    opencv_core.addWeighted(source, 1 + amount, blur(source, sigma), -amount, 0, out);
    return out;
  }

  /** The mean along a line of so many pixels. */
  public static Mat blurMotion(Mat source, double length, double radians) {
    int side = 2 * (int) Math.ceil(length / 2) + 1;
    float[] kernel = new float[side * side];
    int steps = 4 * side;
    for (int i = 0; i < steps; i++) {
      double along = length * ((i + 0.5) / steps - 0.5);
      int x = (int) Math.rint(along * Math.cos(radians)) + side / 2;
      int y = (int) Math.rint(along * Math.sin(radians)) + side / 2;
      kernel[y * side + x] += 1f / steps;
    }
    Mat out = new Mat();
    opencv_imgproc.filter2D(source, out, -1, toFloatMat(kernel, side, side));
    return out;
  }

  /** To another size with one of OpenCV's interpolations. */
  public static Mat resize(Mat source, int width, int height, int interpolation) {
    Mat out = new Mat();
    opencv_imgproc.resize(
        source, out, new Size(Math.max(1, width), Math.max(1, height)), 0, 0, interpolation);
    return out;
  }

  /** Down to a part of the size, by the mean of the pixels there, and up again. */
  public static Mat resample(Mat source, double factor, int up) {
    int width = Math.max(8, (int) Math.round(source.cols() * factor));
    int height = Math.max(8, (int) Math.round(source.rows() * factor));
    return resize(resize(source, width, height, INTER_AREA), source.cols(), source.rows(), up);
  }

  /**
   * An affine view of an image, mirrored beyond its border.
   *
   * @param toSource row-major 2x3, from pixels of the result to pixels of the source, both with (0,
   *     0) as the centre of the first pixel
   */
  public static Mat warp(Mat source, double[] toSource, int width, int height, int interpolation) {
    Mat matrix = new Mat(2, 3, CV_64FC1);
    new DoublePointer(matrix.data()).put(toSource, 0, toSource.length);
    Mat out = new Mat();
    opencv_imgproc.warpAffine(
        source,
        out,
        matrix,
        new Size(width, height),
        interpolation | WARP_INVERSE_MAP,
        BORDER_REFLECT_101,
        new Scalar(0));
    return out;
  }

  /** A square part of an image, mirrored beyond its border. */
  public static Mat square(Mat source, int x, int y, int side) {
    int left = Math.max(0, -x);
    int top = Math.max(0, -y);
    int right = Math.max(0, x + side - source.cols());
    int bottom = Math.max(0, y + side - source.rows());
    Mat padded = source;
    if (left + top + right + bottom > 0) {
      padded = new Mat();
      opencv_core.copyMakeBorder(
          source, padded, top, bottom, left, right, BORDER_REFLECT_101, new Scalar(0));
    }
    return padded.apply(new Rect(x + left, y + top, side, side)).clone();
  }

  /** Adds Gaussian noise of this deviation, in gray levels. */
  public static Mat addNoise(Mat source, double deviation, RandomGenerator random) {
    byte[] pixels = toBytes(source);
    for (int row = 0; row < source.rows(); row++) {
      GaussianNoise.add(pixels, row * source.cols(), source.cols(), (float) deviation, random);
    }
    return toMat(pixels, source.cols(), source.rows());
  }
}
