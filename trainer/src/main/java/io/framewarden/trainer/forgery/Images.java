package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Square images between Java arrays and OpenCV, and the filters that several forgeries share. The
 * caller opens a {@code PointerScope}, which owns every native object created here.
 */
final class Images {
  static final int SIZE = FaceGeometry.SIZE;

  static {
    // One thread an image: the batch source runs several images at once, and sums come out the
    // same whatever the machine.
    opencv_core.setNumThreads(1);
  }

  private Images() {}

  static Mat toMat(byte[] pixels) {
    Mat mat = new Mat(SIZE, SIZE, CV_8UC1);
    new BytePointer(mat.data()).put(pixels, 0, pixels.length);
    return mat;
  }

  static byte[] toBytes(Mat gray) {
    byte[] pixels = new byte[SIZE * SIZE];
    new BytePointer(gray.data()).get(pixels);
    return pixels;
  }

  static Mat toFloatMat(float[] values, int side) {
    Mat mat = new Mat(side, side, CV_32FC1);
    new FloatPointer(mat.data()).put(values, 0, values.length);
    return mat;
  }

  static float[] toFloats(Mat floats) {
    float[] values = new float[floats.rows() * floats.cols()];
    new FloatPointer(floats.data()).get(values);
    return values;
  }

  static Mat blur(Mat source, double sigma) {
    Mat out = new Mat();
    GaussianBlur(source, out, new Size(0, 0), sigma);
    return out;
  }

  /** Unsharp masking: the image plus {@code amount} times what a blur takes from it. */
  static Mat sharpen(Mat source, double sigma, double amount) {
    Mat out = new Mat();
    opencv_core.addWeighted(source, 1 + amount, blur(source, sigma), -amount, 0, out);
    return out;
  }

  /** Down to {@code factor} of the size and up again, with OpenCV's interpolation codes. */
  static Mat resample(Mat source, double factor, int down, int up) {
    int side = Math.max(8, (int) Math.round(SIZE * factor));
    Mat small = new Mat();
    resize(source, small, new Size(side, side), 0, 0, down);
    Mat out = new Mat();
    resize(small, out, new Size(SIZE, SIZE), 0, 0, up);
    return out;
  }

  /** Encodes as JPEG of this quality (1 to 100) and decodes again. */
  static Mat compressJpeg(Mat source, int quality) {
    BytePointer coded = new BytePointer();
    if (!opencv_imgcodecs.imencode(
        ".jpg",
        source,
        coded,
        new IntPointer(new int[] {opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality}))) {
      throw new IllegalStateException("OpenCV cannot encode a JPEG of a face");
    }
    return opencv_imgcodecs.imdecode(new Mat(coded), opencv_imgcodecs.IMREAD_GRAYSCALE);
  }

  /** Brightness and contrast: {@code gain * (p - 128) + 128 + shift}, clipped. */
  static byte[] adjustTone(byte[] pixels, double gain, double shift) {
    byte[] levels = new byte[256];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = clamp(gain * (level - 128) + 128 + shift);
    }
    return applyTable(pixels, levels);
  }

  /** Replaces every pixel by the table's entry for it. */
  static byte[] applyTable(byte[] pixels, byte[] levels) {
    byte[] out = new byte[pixels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = levels[pixels[i] & 0xff];
    }
    return out;
  }

  /** Adds Gaussian noise of this deviation, in gray levels. */
  static byte[] addNoise(byte[] pixels, double deviation, RandomGenerator random) {
    byte[] out = new byte[pixels.length];
    for (int row = 0; row < out.length; row += SIZE) {
      GaussianNoise.add(pixels, out, row, SIZE, (float) deviation, random);
    }
    return out;
  }

  static byte clamp(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
