package io.framewarden.trainer.forgery;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Faces drawn from ellipses, waves and noise, one person a seed: inputs that are nobody's
 * photograph, for golden faces that travel with a model.
 */
public final class SyntheticFaces {
  /** Side of the images in pixels: that of an aligned face. */
  public static final int SIDE = 224;

  private static final DenseLandmarks LANDMARKS = landmarks();

  private SyntheticFaces() {}

  /** The face of this seed, always the same, upright in the middle. */
  public static FacePhotograph face(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double skin = 120 + 80 * random.nextDouble();
    double slope = 40 * random.nextDouble() - 20;
    double pattern = 0.2 + 0.4 * random.nextDouble();
    byte[] pixels = new byte[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      double value = inside(x, y, 112, 112, 90, 110) ? skin + slope * (x - 112) / 112.0 : 60;
      value += 8 * Math.sin(pattern * x) * Math.cos(pattern * 1.3 * y);
      if (inside(x, y, 71, 66, 18, 9) || inside(x, y, 151, 66, 18, 9)) {
        value = 40;
      }
      if (inside(x, y, 112, 150.5, 34, 9)) {
        value = skin - 60;
      }
      pixels[i] = (byte) Math.max(0, Math.min(255, value + 3 * random.nextGaussian()));
    }
    return new FacePhotograph(new GrayImage(SIDE, SIDE, pixels), LANDMARKS);
  }

  private static boolean inside(int x, int y, double cx, double cy, double rx, double ry) {
    double u = (x - cx) / rx;
    double v = (y - cy) / ry;
    return u * u + v * v <= 1;
  }

  private static DenseLandmarks landmarks() {
    List<FacePoint> points = new ArrayList<>();
    arc(points, 17, 112, 80, 86, 125, 180, 0);
    arc(points, 5, 71, 56, 26, 14, 200, 340);
    arc(points, 5, 151, 56, 26, 14, 200, 340);
    for (int i = 0; i < 4; i++) {
      points.add(new FacePoint(112, 68 + 15 * i));
    }
    arc(points, 5, 112, 116, 16, 8, 180, 0);
    arc(points, 6, 71, 66, 16, 7, 180, 480);
    arc(points, 6, 151, 66, 16, 7, 180, 480);
    arc(points, 12, 112, 150.5, 35, 11, 180, 510);
    arc(points, 8, 112, 150.5, 28, 4, 180, 495);
    return DenseLandmarks.known(points);
  }

  /** Points on an ellipse, from one angle to another; 90 degrees is below the centre. */
  private static void arc(
      List<FacePoint> points,
      int count,
      double cx,
      double cy,
      double rx,
      double ry,
      double from,
      double to) {
    for (int i = 0; i < count; i++) {
      double radians = Math.toRadians(from + (to - from) * i / (count - 1));
      points.add(
          new FacePoint(
              (float) (cx + rx * Math.cos(radians)), (float) (cy + ry * Math.sin(radians))));
    }
  }
}
