package io.framewarden.trainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest {
  private static final int SIDE = 224;
  private static final int COUNT = SIDE * SIDE;

  @Test
  void noiseHasTheMeanAndTheDeviationAskedFor() {
    double[] noise = noise(7);
    double mean = Arrays.stream(noise).average().orElseThrow();
    double square = Arrays.stream(noise).map(v -> v * v).average().orElseThrow();
    assertEquals(0, mean, 0.15);
    // Rounding to whole levels adds a twelfth to the variance.
    assertEquals(Math.sqrt(25 + 1 / 12.0), Math.sqrt(square), 0.1);
  }

  @Test
  void twoRowsAreNotAlike() {
    double[] noise = noise(8);
    double product = 0;
    for (int i = 0; i < SIDE; i++) {
      product += noise[i] * noise[i + SIDE] / SIDE;
    }
    assertEquals(0, product / 25, 0.3);
  }

  private static double[] noise(long seed) {
    byte[] flat = new byte[COUNT];
    Arrays.fill(flat, (byte) 128);
    byte[] noisy = ImageFilters.addNoise(flat, 5, new SplittableRandom(seed));
    double[] noise = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      noise[i] = (noisy[i] & 0xff) - 128;
    }
    return noise;
  }
}
