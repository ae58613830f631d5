package io.framewarden.trainer.forgery;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Gaussian noise from a table, because drawing each value costs as much as the rest of a forgery.
 * Every row of pixels begins at a random place of the table, so that no two images get the same
 * noise. Stateless.
 */
final class GaussianNoise {
  private static final long SEED = 20_260_101;

  /** Large enough that its moments are those of the distribution. */
  private static final int TABLE_SIZE = 1 << 16;

  private static final float[] VALUES = draw();

  private GaussianNoise() {}

  private static float[] draw() {
    SplittableRandom random = new SplittableRandom(SEED);
    // One row more, so that a row never wraps around.
    float[] values = new float[TABLE_SIZE + FaceGeometry.SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Writes pixels with noise of this deviation; {@code count} is at most a row of a face. */
  static void add(
      byte[] pixels, byte[] out, int from, int count, float deviation, RandomGenerator random) {
    int start = random.nextInt(TABLE_SIZE);
    for (int i = 0; i < count; i++) {
      float value = (pixels[from + i] & 0xff) + deviation * VALUES[start + i];
      out[from + i] = (byte) Math.max(0, Math.min(255, (int) (value + 0.5f)));
    }
  }
}
