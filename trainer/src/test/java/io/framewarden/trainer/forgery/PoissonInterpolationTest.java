package io.framewarden.trainer.forgery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PoissonInterpolationTest {
  private static final int SIDE = 224;

  /** The real parts of the powers of x + iy are harmonic: so is what has to come back. */
  @Test
  void harmonicFunctionsComeBackFromTheirRim() {
    float[] values = new float[SIDE * SIDE];
    float[] harmonic = new float[SIDE * SIDE];
    boolean[] free = new boolean[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      double x = (i % SIDE - 112) / 112.0;
      double y = (i / SIDE - 112) / 112.0;
      harmonic[i] = (float) (50 * x + 40 * (x * x - y * y) + 30 * (x * x * x - 3 * x * y * y));
      free[i] = x * x + 1.5 * y * y < 0.6;
      values[i] = free[i] ? -1e6f : harmonic[i];
    }
    float[] membrane = PoissonInterpolation.interpolate(values, free, SIDE);
    double sum = 0;
    double worst = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (free[i]) {
        double error = Math.abs(membrane[i] - harmonic[i]);
        sum += error;
        worst = Math.max(worst, error);
        count++;
      } else {
        assertEquals(harmonic[i], membrane[i]);
      }
    }
    assertTrue(sum / count < 1, "mean error " + sum / count);
    assertTrue(worst < 4, "largest error " + worst);
  }

  @Test
  void oneLevelAroundGivesThatLevelInside() {
    float[] values = new float[SIDE * SIDE];
    boolean[] free = new boolean[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      free[i] = x > 20 && x < 180 && y > 3 && y < 90;
      values[i] = free[i] ? 0 : -37;
    }
    for (float value : PoissonInterpolation.interpolate(values, free, SIDE)) {
      assertEquals(-37, value, 0.01);
    }
  }
}
