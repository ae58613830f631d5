package io.framewarden.schemas.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void noneIsTheSigmoid() {
    assertEquals(0.5, Calibration.none().probability(0));
    assertEquals(0.880797077977882, Calibration.none().probability(2), 1e-15);
  }

  @Test
  void scaleAndOffsetActOnTheLogit() {
    Calibration platt = new Calibration("platt", 2, -1);
    assertEquals(Calibration.none().probability(5), platt.probability(3), 1e-15);
  }

  @Test
  void extremeLogitsStayInRangeAndNaNStaysNaN() {
    assertEquals(0, Calibration.none().probability(-1e6));
    assertEquals(1, Calibration.none().probability(1e6));
    assertTrue(Double.isNaN(Calibration.none().probability(Double.NaN)));
  }

  @Test
  void whatWouldTurnTheOrderOfScoresRoundIsRefused() {
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new Calibration("platt", scale, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> new Calibration("platt", 1, Double.NaN));
  }

  @Test
  void theMethodMustFitTheNumbers() {
    assertThrows(IllegalArgumentException.class, () -> new Calibration("none", 2, 0));
    assertThrows(IllegalArgumentException.class, () -> new Calibration("temperature", 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Calibration("isotonic", 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Calibration(null, 1, 0));
  }
}
