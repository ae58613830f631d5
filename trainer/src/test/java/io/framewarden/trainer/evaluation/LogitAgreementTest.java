package io.framewarden.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogitAgreementTest {
  @Test
  void smallLogitsDifferByAbsoluteNumbers() {
    assertEquals(0.25, LogitAgreement.difference(0.5, 0.75));
    assertEquals(0.25, LogitAgreement.difference(-0.125, 0.125));
  }

  @Test
  void largeLogitsDifferByPartsOfThem() {
    assertEquals(0.125, LogitAgreement.difference(-16, -18));
  }

  @Test
  void theLargestCounts() {
    assertEquals(
        0.5, LogitAgreement.difference(new double[] {0, 1, 32}, new double[] {0.25, 1.5, 36}));
    assertEquals(0, LogitAgreement.difference(new double[0], new double[0]));
  }

  @Test
  void whatIsNoNumberIsInfinitelyFar() {
    double infinite = Double.POSITIVE_INFINITY;
    assertEquals(infinite, LogitAgreement.difference(Double.NaN, 1));
    assertEquals(infinite, LogitAgreement.difference(1, Double.NaN));
    assertEquals(infinite, LogitAgreement.difference(infinite, infinite));
    assertEquals(infinite, LogitAgreement.difference(1, infinite));
  }
}
