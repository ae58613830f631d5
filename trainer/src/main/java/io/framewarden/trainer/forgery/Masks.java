package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.fillConvexPoly;
import static org.bytedeco.opencv.global.opencv_imgproc.remap;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.framewarden.trainer.forgery.FaceGeometry.Spot;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Soft masks: hulls and boxes, deformed and blurred. Called inside a {@code PointerScope}. */
final class Masks {
  private static final int SIZE = FaceGeometry.SIZE;
  private static final int HALF = SIZE / 2;
  private static final int FRACTION_BITS = 4;

  /** Nodes along a side of the grid of random displacements. */
  private static final int GRID = 8;

  private Masks() {}

  /** The outline of the inner face, each corner moved a little, elastic, with a soft edge. */
  static byte[] deformedHull(FaceGeometry geometry, RandomGenerator random) {
    List<Spot> outline = geometry.outline();
    double grow = 0.80 + 0.25 * random.nextDouble();
    Spot centre = geometry.nose();
    double[][] corners = new double[outline.size()][];
    for (int i = 0; i < corners.length; i++) {
      double stretch = grow * (0.94 + 0.12 * random.nextDouble());
      corners[i] =
          new double[] {
            centre.x() + stretch * (outline.get(i).x() - centre.x()),
            centre.y() + stretch * (outline.get(i).y() - centre.y())
          };
    }
    return soften(
        fillPolygon(corners), 3 + 5 * random.nextDouble(), 1 + 6 * random.nextDouble(), random);
  }

  /** A box with deformed, soft edges. */
  static byte[] deformedBox(int x, int y, int side, RandomGenerator random) {
    double cut = side * 0.15;
    double[][] corners = {
      {x + cut, y}, {x + side - cut, y}, {x + side, y + cut}, {x + side, y + side - cut},
      {x + side - cut, y + side}, {x + cut, y + side}, {x, y + side - cut}, {x, y + cut},
    };
    return soften(
        fillPolygon(corners),
        side * 0.04 * random.nextDouble(),
        1 + 4 * random.nextDouble(),
        random);
  }

  /**
   * A map of smooth random displacements over a square image, in pixels, at most about {@code
   * strength}: noise on a coarse grid, interpolated.
   */
  static float[] displacement(int side, double strength, RandomGenerator random) {
    float[] grid = new float[GRID * GRID];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = (float) (strength * (2 * random.nextDouble() - 1));
    }
    Mat coarse = new Mat(GRID, GRID, CV_32FC1);
    new FloatPointer(coarse.data()).put(grid, 0, grid.length);
    Mat out = new Mat();
    resize(coarse, out, new Size(side, side), 0, 0, INTER_CUBIC);
    return Images.toFloats(out);
  }

  /** Multiplies a mask: the share of the fake in the blend, 0 to 1. */
  static byte[] scale(byte[] mask, double share) {
    byte[] levels = new byte[256];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = Images.clamp(level * share);
    }
    return Images.applyTable(mask, levels);
  }

  /**
   * {@code face * (1 - mask) + fake * mask}. Where the mask is 0 the face's pixel is kept exactly.
   */
  static byte[] blend(byte[] face, byte[] fake, byte[] mask) {
    byte[] out = new byte[face.length];
    for (int i = 0; i < out.length; i++) {
      int share = mask[i] & 0xff;
      out[i] = (byte) (((face[i] & 0xff) * (255 - share) + (fake[i] & 0xff) * share + 127) / 255);
    }
    return out;
  }

  /**
   * Bends and blurs the outline, at half of the size: what is smooth loses nothing by that.
   *
   * @param elastic strength of the bending, in pixels of the whole size
   * @param blur sigma, in pixels of the whole size
   */
  private static byte[] soften(Mat hard, double elastic, double blur, RandomGenerator random) {
    Mat bent = new Mat();
    remap(
        hard,
        bent,
        Images.toFloatMat(toAbsolute(true, displacement(HALF, elastic / 2, random)), HALF),
        Images.toFloatMat(toAbsolute(false, displacement(HALF, elastic / 2, random)), HALF),
        INTER_LINEAR,
        BORDER_CONSTANT,
        new Scalar(0));
    Mat out = new Mat();
    resize(Images.blur(bent, blur / 2), out, new Size(SIZE, SIZE), 0, 0, INTER_LINEAR);
    return Images.toBytes(out);
  }

  /** Displacements to the absolute coordinates that OpenCV's remap wants. */
  private static float[] toAbsolute(boolean columns, float[] displacement) {
    for (int i = 0; i < displacement.length; i++) {
      displacement[i] += columns ? i % HALF : i / HALF;
    }
    return displacement;
  }

  /** A polygon of whole size coordinates, drawn at half of the size. */
  private static Mat fillPolygon(double[][] corners) {
    int[] flat = new int[corners.length * 2];
    for (int i = 0; i < corners.length; i++) {
      flat[2 * i] = toHalfSize(corners[i][0]);
      flat[2 * i + 1] = toHalfSize(corners[i][1]);
    }
    Mat mask = new Mat(HALF, HALF, CV_8UC1, new Scalar(0));
    fillConvexPoly(
        mask,
        new Point(new IntPointer(flat)),
        corners.length,
        new Scalar(255, 255, 255, 255),
        8,
        FRACTION_BITS);
    return mask;
  }

  /** Fixed point; the middle of pixel 0 of the half lies between pixels 0 and 1 of the whole. */
  private static int toHalfSize(double place) {
    return (int) Math.round((place - 0.5) / 2 * (1 << FRACTION_BITS));
  }
}
