package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.THRESH_TOZERO;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.image.Images;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Soft masks of parts of a face: a hull of landmarks, grown or shrunk, bent, eroded and blurred, as
 * self-blended images have them (Shiohara and Yamasaki, 2022). Called inside a {@code
 * PointerScope}. Everything is drawn at half of the size: what is smooth loses nothing by that.
 */
final class Masks {
  private static final int FRACTION_BITS = 4;

  /** Lengths below are of a face of so many pixels. */
  private static final double FACE_WIDTH = 160;

  /** Growth at most, in widths of the face. */
  private static final double MAX_GROWTH = 0.08;

  /** How far a mask may shrink that must still hold what is in the middle of its shape. */
  static final double WHOLE = -0.02;

  /** How far a mask may shrink anyway. */
  static final double PARTIAL = -0.08;

  private Masks() {}

  /**
   * A mask of a shape.
   *
   * @param minGrowth of the shape in widths of the face, negative to shrink
   * @return 0..255, a value for each pixel of the photograph, 255 somewhere
   */
  static byte[] draw(
      MaskShape shape, FacePhotograph face, double minGrowth, RandomGenerator random) {
    double unit = face.landmarks().faceWidth() / FACE_WIDTH;
    double elastic = (0.5 + 2 * random.nextDouble()) * unit;
    double erosion = kernel(random) * unit;
    // Half of what erosion takes off is given before.
    double growth =
        (minGrowth + (MAX_GROWTH - minGrowth) * random.nextDouble()) * FACE_WIDTH * unit
            + erosion / 4;
    double blur = kernel(random) * unit;
    List<FacePoint> hull =
        ConvexHull.grown(ConvexHull.of(shape.outline(face.landmarks(), random)), growth);
    int width = face.image().width();
    int height = face.image().height();
    Mat bent =
        Bending.bend(fill(hull, halved(width), halved(height)), elastic / 2, unit / 2, random);
    Mat soft = box(erode(bent, erosion / 2), blur / 2);
    return normalised(Images.toBytes(Images.resize(soft, width, height, INTER_LINEAR)));
  }

  /** Multiplies a mask: the share of the inner image in the blend, 0 to 1. */
  static byte[] scale(byte[] mask, double share) {
    byte[] out = new byte[mask.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (int) ((mask[i] & 0xff) * share + 0.5);
    }
    return out;
  }

  /** Side of a blur's kernel, 5 to 25 pixels. */
  private static double kernel(RandomGenerator random) {
    return 5 + 20 * random.nextDouble();
  }

  /** Takes off half a kernel all around and rounds corners; a shape too small for it stays. */
  private static Mat erode(Mat mask, double kernel) {
    Mat blurred = Images.blur(mask, 0.4 + kernel / 6);
    Mat core = new Mat();
    opencv_imgproc.threshold(blurred, core, 249, 255, THRESH_TOZERO);
    return opencv_core.countNonZero(core) < 16 ? blurred : core;
  }

  private static Mat box(Mat mask, double kernel) {
    int side = 2 * (int) Math.round(Math.max(1, (kernel - 1) / 2)) + 1;
    Mat out = new Mat();
    opencv_imgproc.blur(mask, out, new Size(side, side));
    return Images.blur(out, 0.6);
  }

  /** A polygon of whole size coordinates, drawn at half of the size. */
  private static Mat fill(List<FacePoint> corners, int width, int height) {
    int[] flat = new int[corners.size() * 2];
    for (int i = 0; i < corners.size(); i++) {
      flat[2 * i] = toHalfSize(corners.get(i).x());
      flat[2 * i + 1] = toHalfSize(corners.get(i).y());
    }
    Mat mask = new Mat(height, width, CV_8UC1, new Scalar(0));
    opencv_imgproc.fillConvexPoly(
        mask,
        new Point(new IntPointer(flat)),
        corners.size(),
        new Scalar(255, 255, 255, 255),
        8,
        FRACTION_BITS);
    return mask;
  }

  /** Fixed point, with the centre of the first pixel at 0. */
  private static int toHalfSize(double place) {
    return (int) Math.round((place / 2 - 0.5) * (1 << FRACTION_BITS));
  }

  private static int halved(int pixels) {
    return (pixels + 1) / 2;
  }

  private static byte[] normalised(byte[] mask) {
    int max = 1;
    for (byte share : mask) {
      max = Math.max(max, share & 0xff);
    }
    return max == 255 ? mask : scale(mask, 255.0 / max);
  }
}
