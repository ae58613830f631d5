package io.framewarden.trainer.landmark;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import io.framewarden.extraction.face.GrayImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** What cameras and codecs do to gray images of any size. Stateless. */
final class GrayFilters {
  static {
    opencv_core.setNumThreads(1);
  }

  private GrayFilters() {}

  /** Reads a photograph as gray. */
  static GrayImage read(Path file) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Mat mat = opencv_imgcodecs.imread(file.toString(), opencv_imgcodecs.IMREAD_GRAYSCALE);
      if (mat.empty()) {
        throw new IOException(file + ": no photograph that OpenCV can read");
      }
      return image(mat);
    }
  }

  /** Gaussian blur; sigma in pixels, above 0. */
  static GrayImage blur(GrayImage image, double sigma) {
    try (PointerScope scope = new PointerScope()) {
      Mat out = new Mat();
      opencv_imgproc.GaussianBlur(mat(image), out, new Size(0, 0), sigma);
      return image(out);
    }
  }

  /** The mean over a horizontal or vertical line of so many pixels, as a moving camera's. */
  static GrayImage motionBlur(GrayImage image, int length, boolean horizontal) {
    try (PointerScope scope = new PointerScope()) {
      Mat out = new Mat();
      Size size = horizontal ? new Size(length, 1) : new Size(1, length);
      opencv_imgproc.blur(mat(image), out, size);
      return image(out);
    }
  }

  /** JPEG of this quality, 1 to 100, decoded again. */
  static GrayImage compressJpeg(GrayImage image, int quality) {
    try (PointerScope scope = new PointerScope()) {
      BytePointer coded = new BytePointer();
      IntPointer settings =
          new IntPointer(new int[] {opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality});
      if (!opencv_imgcodecs.imencode(".jpg", mat(image), coded, settings)) {
        throw new IllegalStateException("OpenCV cannot encode a JPEG of a face");
      }
      return image(opencv_imgcodecs.imdecode(new Mat(coded), opencv_imgcodecs.IMREAD_GRAYSCALE));
    }
  }

  /** {@code gain * (p / 255)^gamma * 255 + shift}, with Gaussian noise, clipped. */
  static GrayImage tone(
      GrayImage image,
      double gain,
      double gamma,
      double shift,
      double noise,
      RandomGenerator random) {
    float[] levels = new float[256];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = (float) (gain * Math.pow(level / 255.0, gamma) * 255 + shift);
    }
    byte[] pixels = image.pixels();
    byte[] out = new byte[pixels.length];
    for (int i = 0; i < out.length; i++) {
      double value = levels[pixels[i] & 0xff];
      if (noise > 0) {
        value += noise * random.nextGaussian();
      }
      out[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return new GrayImage(image.width(), image.height(), out);
  }

  private static Mat mat(GrayImage image) {
    Mat mat = new Mat(image.height(), image.width(), CV_8UC1);
    new BytePointer(mat.data()).put(image.pixels(), 0, image.pixels().length);
    return mat;
  }

  private static GrayImage image(Mat mat) {
    byte[] pixels = new byte[mat.rows() * mat.cols()];
    new BytePointer(mat.data()).get(pixels);
    return new GrayImage(mat.cols(), mat.rows(), pixels);
  }
}
