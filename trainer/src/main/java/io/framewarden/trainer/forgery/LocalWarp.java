package io.framewarden.trainer.forgery;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import io.framewarden.trainer.forgery.FaceGeometry.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Mouth or eyes stretched, shifted and rotated within a soft region, as reenactment does: the
 * texture stays the person's, the geometry does not.
 */
final class LocalWarp implements Forgery {
  private static final int SIZE = FaceGeometry.SIZE;

  /** How far pixels move at a region's centre (pixels), are stretched, and rotated (radians). */
  private record Motion(double dx, double dy, double sx, double sy, double rotation) {}

  /** An elliptic region, its radii in pixels, and how it moves. */
  private record Region(Spot centre, double rx, double ry, Motion motion) {

    /** 1 in the middle, 0 from the rim on, smooth. */
    double weight(double x, double y) {
      double u = (x - centre.x()) / rx;
      double v = (y - centre.y()) / ry;
      double rest = Math.max(0, 1 - u * u - v * v);
      return rest * rest;
    }
  }

  @Override
  public String name() {
    return "local-warp";
  }

  @Override
  public PseudoFake make(FaceImage face, FaceImage donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      Displacements moves = new Displacements();
      regions(face.geometry(), random).forEach(moves::add);
      byte[] mask = moves.mask();
      Mat out = new Mat();
      opencv_imgproc.remap(
          Images.toMat(face.pixels()),
          out,
          Images.toFloatMat(moves.x, SIZE),
          Images.toFloatMat(moves.y, SIZE),
          INTER_CUBIC,
          BORDER_REFLECT_101,
          new Scalar(0));
      byte[] warped = Images.toBytes(Images.sharpen(out, 1, 0.25 * random.nextDouble()));
      // The mask's own softness blends the sharpening; where it is full the warp stands alone.
      return new PseudoFake(Masks.blend(face.pixels(), warped, mask), mask);
    }
  }

  /** Where each pixel comes from, and the strongest weight that moved it. */
  private static final class Displacements {
    private final float[] x = new float[SIZE * SIZE];
    private final float[] y = new float[SIZE * SIZE];
    private final float[] strongest = new float[SIZE * SIZE];

    Displacements() {
      for (int i = 0; i < x.length; i++) {
        x[i] = i % SIZE;
        int row = i / SIZE;
        y[i] = row;
      }
    }

    /** Beyond its radii a region moves nothing, so only the box around it is looked at. */
    void add(Region region) {
      int top = within(region.centre().y() - region.ry());
      int bottom = within(region.centre().y() + region.ry() + 1);
      int left = within(region.centre().x() - region.rx());
      int right = within(region.centre().x() + region.rx() + 1);
      for (int row = top; row <= bottom; row++) {
        for (int column = left; column <= right; column++) {
          add(region, column, row);
        }
      }
    }

    private void add(Region region, int column, int row) {
      int at = row * SIZE + column;
      double weight = region.weight(column, row);
      Motion motion = region.motion();
      double u = column - region.centre().x();
      double v = row - region.centre().y();
      x[at] += (float) (weight * (motion.dx() + motion.sx() * u - motion.rotation() * v));
      y[at] += (float) (weight * (motion.dy() + motion.sy() * v + motion.rotation() * u));
      strongest[at] = Math.max(strongest[at], (float) weight);
    }

    /** Full long before the middle: the warp acts wherever the weight is noticeable. */
    byte[] mask() {
      byte[] mask = new byte[strongest.length];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) (255 * Math.min(1, strongest[i] * 8) + 0.5f);
      }
      return mask;
    }

    private static int within(double place) {
      return (int) Math.max(0, Math.min(SIZE - 1, place));
    }
  }

  private static List<Region> regions(FaceGeometry geometry, RandomGenerator random) {
    double unit = geometry.eyeDistance();
    List<Region> regions = new ArrayList<>();
    boolean mouth = random.nextInt(3) > 0;
    if (mouth) {
      regions.add(region(geometry.mouth(), 0.75 * unit, 0.55 * unit, random));
    }
    if (!mouth || random.nextBoolean()) {
      regions.add(region(geometry.leftEye(), 0.45 * unit, 0.36 * unit, random));
      regions.add(region(geometry.rightEye(), 0.45 * unit, 0.36 * unit, random));
    }
    return regions;
  }

  private static Region region(Spot centre, double rx, double ry, RandomGenerator random) {
    return new Region(
        centre,
        rx,
        ry,
        new Motion(
            signed(0.04, 0.10, random) * rx,
            signed(0.04, 0.14, random) * ry,
            signed(0.05, 0.18, random),
            signed(0.08, 0.30, random),
            signed(0.0, 0.10, random)));
  }

  private static double signed(double low, double high, RandomGenerator random) {
    double value = low + (high - low) * random.nextDouble();
    return random.nextBoolean() ? value : -value;
  }
}
