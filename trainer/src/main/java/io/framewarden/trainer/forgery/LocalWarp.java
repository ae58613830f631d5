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
 * Mouth or eyes stretched, shifted and turned within a soft region, as reenactment does: the
 * texture stays the person's, the geometry does not.
 */
final class LocalWarp implements Forgery {
  private static final int SIZE = FaceGeometry.SIZE;

  /** An elliptic region, its radii in pixels, and what happens to it. */
  private record Region(
      Spot centre, double rx, double ry, double dx, double dy, double sx, double sy, double turn) {

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
  public Forged make(FacePicture face, FacePicture donor, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      List<Region> regions = regions(face.geometry(), random);
      float[] mapX = new float[SIZE * SIZE];
      float[] mapY = new float[SIZE * SIZE];
      byte[] mask = new byte[SIZE * SIZE];
      for (int i = 0; i < mapX.length; i++) {
        displace(regions, i, mapX, mapY, mask);
      }
      Mat out = new Mat();
      opencv_imgproc.remap(
          Rasters.gray(face.pixels()),
          out,
          Rasters.floats(mapX),
          Rasters.floats(mapY),
          INTER_CUBIC,
          BORDER_REFLECT_101,
          new Scalar(0));
      byte[] warped = Rasters.bytes(Rasters.sharpened(out, 1, 0.25 * random.nextDouble()));
      // The mask's own softness blends the sharpening; where it is full the warp stands alone.
      return new Forged(Masks.blend(face.pixels(), warped, mask), mask);
    }
  }

  private static void displace(
      List<Region> regions, int at, float[] mapX, float[] mapY, byte[] mask) {
    int x = at % SIZE;
    int y = at / SIZE;
    double shiftX = 0;
    double shiftY = 0;
    double strongest = 0;
    for (Region region : regions) {
      double weight = region.weight(x, y);
      double u = x - region.centre().x();
      double v = y - region.centre().y();
      shiftX += weight * (region.dx() + region.sx() * u - region.turn() * v);
      shiftY += weight * (region.dy() + region.sy() * v + region.turn() * u);
      strongest = Math.max(strongest, weight);
    }
    mapX[at] = (float) (x + shiftX);
    mapY[at] = (float) (y + shiftY);
    // Full long before the middle: the warp acts wherever the weight is noticeable.
    mask[at] = Rasters.clipped(255 * Math.min(1, strongest * 8));
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
        signed(0.04, 0.10, random) * rx,
        signed(0.04, 0.14, random) * ry,
        signed(0.05, 0.18, random),
        signed(0.08, 0.30, random),
        signed(0.0, 0.10, random));
  }

  private static double signed(double least, double most, RandomGenerator random) {
    double value = least + (most - least) * random.nextDouble();
    return random.nextBoolean() ? value : -value;
  }
}
