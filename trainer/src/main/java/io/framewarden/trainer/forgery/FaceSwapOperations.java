package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import io.framewarden.trainer.forgery.FaceGeometry.Spot;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** What the two swaps share. Called inside a {@code PointerScope}. */
final class FaceSwapOperations {
  /** Where a mask begins for Poisson blending: its faintest fringe belongs to the face. */
  private static final int RIM = 8;

  private FaceSwapOperations() {}

  /** The donor's face moved onto this face's geometry by the least-squares affine transform. */
  static byte[] warpDonor(FaceImage donor, FaceGeometry onto) {
    double[] affine = fitAffine(donor.geometry().spots(), onto.spots());
    Mat matrix = new Mat(2, 3, CV_64FC1);
    new DoublePointer(matrix.data()).put(affine, 0, affine.length);
    Mat out = new Mat();
    opencv_imgproc.warpAffine(
        Images.toMat(donor.pixels()),
        out,
        matrix,
        new Size(FaceGeometry.SIZE, FaceGeometry.SIZE),
        INTER_CUBIC,
        BORDER_REFLECT_101,
        new Scalar(0));
    return Images.toBytes(out);
  }

  /** The donor's gray levels brought to the face's under the mask, by histogram or by moments. */
  static byte[] matchLevels(byte[] donor, byte[] face, byte[] mask, RandomGenerator random) {
    double[] from = cumulativeHistogram(donor, mask);
    double[] to = cumulativeHistogram(face, mask);
    boolean histogram = random.nextBoolean();
    double[] a = moments(donor, mask);
    double[] b = moments(face, mask);
    byte[] table = new byte[256];
    int level = 0;
    for (int v = 0; v < 256; v++) {
      while (level < 255 && to[level] < from[v]) {
        level++;
      }
      double moved = (v - a[0]) * Math.min(3, b[1] / a[1]) + b[0];
      table[v] = Images.clamp(histogram ? level : moved);
    }
    return Images.applyTable(donor, table);
  }

  /** Half of the time Poisson blending, half of the time alpha; untouched where the mask is 0. */
  static PseudoFake blend(byte[] face, byte[] fake, byte[] mask, RandomGenerator random) {
    byte[] inner = random.nextBoolean() ? blendPoisson(face, fake, mask) : fake;
    return new PseudoFake(Masks.blend(face, inner, mask), mask);
  }

  /**
   * Poisson blending: the donor's gradients under the mask, the face's levels around it. The
   * difference to the donor is harmonic, hence interpolated from the differences at the rim.
   */
  private static byte[] blendPoisson(byte[] face, byte[] fake, byte[] mask) {
    float[] difference = new float[mask.length];
    boolean[] free = new boolean[mask.length];
    for (int i = 0; i < mask.length; i++) {
      difference[i] = (face[i] & 0xff) - (fake[i] & 0xff);
      int x = i % FaceGeometry.SIZE;
      int y = i / FaceGeometry.SIZE;
      boolean inside = Math.min(x, y) > 1 && Math.max(x, y) < FaceGeometry.SIZE - 2;
      free[i] = inside && (mask[i] & 0xff) > RIM;
    }
    float[] correction = PoissonInterpolation.interpolate(difference, free, FaceGeometry.SIZE);
    byte[] out = new byte[mask.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Images.clamp((fake[i] & 0xff) + correction[i]);
    }
    return out;
  }

  private static double[] cumulativeHistogram(byte[] pixels, byte[] mask) {
    double[] counts = new double[256];
    double total = 1e-9;
    for (int i = 0; i < pixels.length; i++) {
      counts[pixels[i] & 0xff] += mask[i] & 0xff;
      total += mask[i] & 0xff;
    }
    double sum = 0;
    for (int v = 0; v < 256; v++) {
      sum += counts[v] / total;
      counts[v] = sum;
    }
    return counts;
  }

  /** Mean and deviation under the mask; the deviation is at least 1. */
  private static double[] moments(byte[] pixels, byte[] mask) {
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

  /** Row-major 2x3 matrix that takes {@code from} to {@code to} with the least squared error. */
  private static double[] fitAffine(List<Spot> from, List<Spot> to) {
    double mx = from.stream().mapToDouble(Spot::x).average().orElseThrow();
    double my = from.stream().mapToDouble(Spot::y).average().orElseThrow();
    double nx = to.stream().mapToDouble(Spot::x).average().orElseThrow();
    double ny = to.stream().mapToDouble(Spot::y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double[] u = new double[2];
    double[] v = new double[2];
    for (int i = 0; i < from.size(); i++) {
      double x = from.get(i).x() - mx;
      double y = from.get(i).y() - my;
      xx += x * x;
      xy += x * y;
      yy += y * y;
      u[0] += x * (to.get(i).x() - nx);
      u[1] += y * (to.get(i).x() - nx);
      v[0] += x * (to.get(i).y() - ny);
      v[1] += y * (to.get(i).y() - ny);
    }
    double determinant = Math.max(1e-9, xx * yy - xy * xy);
    double a = (yy * u[0] - xy * u[1]) / determinant;
    double b = (xx * u[1] - xy * u[0]) / determinant;
    double c = (yy * v[0] - xy * v[1]) / determinant;
    double d = (xx * v[1] - xy * v[0]) / determinant;
    return new double[] {a, b, nx - a * mx - b * my, c, d, ny - c * mx - d * my};
  }
}
