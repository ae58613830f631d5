package io.framewarden.trainer.image;

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

  /** Longer rows are filled piece by piece. */
  private static final int MAX_PIECE = 1 << 10;

  private static final float[] VALUES = draw();

  private GaussianNoise() {}

  private static float[] draw() {
    SplittableRandom random = new SplittableRandom(SEED);
    // One piece more, so that none wraps around.
    float[] values = new float[TABLE_SIZE + MAX_PIECE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Adds noise of this deviation to a row of pixels, in place. */
  static void add(byte[] pixels, int from, int count, float deviation, RandomGenerator random) {
    for (int piece = 0; piece < count; piece += MAX_PIECE) {
      int start = random.nextInt(TABLE_SIZE);
      int end = Math.min(count - piece, MAX_PIECE);
      for (int i = 0; i < end; i++) {
        int at = from + piece + i;
        float value = (pixels[at] & 0xff) + deviation * VALUES[start + i];
        pixels[at] = (byte) Math.max(0, Math.min(255, (int) (value + 0.5f)));
      }
    }
  }
}
