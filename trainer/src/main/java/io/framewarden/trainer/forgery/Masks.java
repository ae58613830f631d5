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

  /** Nodes along a side of the grid that displacements are drawn on. */
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
    return soft(polygon(corners), 3 + 5 * random.nextDouble(), 1 + 6 * random.nextDouble(), random);
  }

  /** A box with deformed, soft edges. */
  static byte[] deformedBox(int x, int y, int side, RandomGenerator random) {
    double cut = side * 0.15;
    double[][] corners = {
      {x + cut, y}, {x + side - cut, y}, {x + side, y + cut}, {x + side, y + side - cut},
      {x + side - cut, y + side}, {x + cut, y + side}, {x, y + side - cut}, {x, y + cut},
    };
    return soft(
        polygon(corners), side * 0.04 * random.nextDouble(), 1 + 4 * random.nextDouble(), random);
  }

  /**
   * A map of smooth random displacements, in pixels, at most about {@code strength}: noise on a
   * coarse grid, interpolated.
   */
  static float[] displacement(double strength, RandomGenerator random) {
    float[] grid = new float[GRID * GRID];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = (float) (strength * (2 * random.nextDouble() - 1));
    }
    Mat coarse = new Mat(GRID, GRID, CV_32FC1);
    new FloatPointer(coarse.data()).put(grid, 0, grid.length);
    Mat out = new Mat();
    resize(coarse, out, new Size(SIZE, SIZE), 0, 0, INTER_CUBIC);
    return Rasters.values(out);
  }

  /** Multiplies a mask: the share of the fake in the blend. */
  static byte[] scaled(byte[] mask, double share) {
    byte[] out = new byte[mask.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Rasters.clipped((mask[i] & 0xff) * share);
    }
    return out;
  }

  /**
   * {@code face * (1 - mask) + fake * mask}. Where the mask is 0 the face's pixel is kept exactly.
   */
  static byte[] blend(byte[] face, byte[] fake, byte[] mask) {
    byte[] out = new byte[face.length];
    for (int i = 0; i < out.length; i++) {
      int share = mask[i] & 0xff;
      out[i] =
          share == 0
              ? face[i]
              : Rasters.clipped(
                  ((face[i] & 0xff) * (255 - share) + (fake[i] & 0xff) * share) / 255.0);
    }
    return out;
  }

  private static byte[] soft(Mat hard, double elastic, double blur, RandomGenerator random) {
    Mat bent = new Mat();
    remap(
        hard,
        bent,
        Rasters.floats(added(displacement(elastic, random), true)),
        Rasters.floats(added(displacement(elastic, random), false)),
        INTER_LINEAR,
        BORDER_CONSTANT,
        new Scalar(0));
    return Rasters.bytes(Rasters.blurred(bent, blur));
  }

  /** Displacements to the absolute coordinates that OpenCV's remap wants. */
  static float[] added(float[] displacement, boolean columns) {
    float[] out = new float[displacement.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = displacement[i] + (columns ? i % SIZE : i / SIZE);
    }
    return out;
  }

  private static Mat polygon(double[][] corners) {
    int[] flat = new int[corners.length * 2];
    for (int i = 0; i < corners.length; i++) {
      flat[2 * i] = (int) Math.round(corners[i][0]);
      flat[2 * i + 1] = (int) Math.round(corners[i][1]);
    }
    Mat mask = new Mat(SIZE, SIZE, CV_8UC1, new Scalar(0));
    fillConvexPoly(
        mask,
        new Point(new IntPointer(flat)),
        corners.length,
        new Scalar(255, 255, 255, 255),
        8,
        0);
    return mask;
  }
}
