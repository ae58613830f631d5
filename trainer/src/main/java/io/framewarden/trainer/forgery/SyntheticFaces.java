package io.framewarden.trainer.forgery;

import java.util.SplittableRandom;

/**
 * Faces drawn from ellipses, waves and noise, one person a seed: inputs that are nobody's
 * photograph, for golden faces that travel with a model.
 */
public final class SyntheticFaces {
  private static final int SIZE = FaceGeometry.SIZE;

  private SyntheticFaces() {}

  /** The face of this seed, always the same, with the template's geometry. */
  public static FaceImage face(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double skin = 120 + 80 * random.nextDouble();
    double slope = 40 * random.nextDouble() - 20;
    double pattern = 0.2 + 0.4 * random.nextDouble();
    byte[] pixels = new byte[SIZE * SIZE];
    FaceGeometry g = FaceGeometry.TEMPLATE;
    for (int i = 0; i < pixels.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      double value = inside(x, y, 112, 112, 90, 110) ? skin + slope * (x - 112) / 112.0 : 60;
      value += 8 * Math.sin(pattern * x) * Math.cos(pattern * 1.3 * y);
      if (inside(x, y, g.leftEye().x(), g.leftEye().y(), 18, 9)
          || inside(x, y, g.rightEye().x(), g.rightEye().y(), 18, 9)) {
        value = 40;
      }
      if (inside(x, y, g.mouth().x(), g.mouth().y(), 34, 9)) {
        value = skin - 60;
      }
      pixels[i] = (byte) Math.max(0, Math.min(255, value + 3 * random.nextGaussian()));
    }
    return new FaceImage(pixels, g);
  }

  private static boolean inside(int x, int y, double cx, double cy, double rx, double ry) {
    double u = (x - cx) / rx;
    double v = (y - cy) / ry;
    return u * u + v * v <= 1;
  }
}
