package io.framewarden.schemas.model;

/**
 * The mapping from logit to probability: P(fake) = sigmoid(scale * logit + offset). Immutable.
 *
 * @param method {@code none} (scale 1, offset 0), {@code temperature} (offset 0) or {@code platt}
 * @param scale positive, so that the order of scores is kept
 * @param offset any finite number
 */
public record Calibration(String method, double scale, double offset) {

  /**
   * @throws IllegalArgumentException when scale and offset do not fit the method
   */
  public Calibration {
    boolean fits =
        switch (String.valueOf(method)) {
          case "none" -> scale == 1 && offset == 0;
          case "temperature" -> offset == 0;
          case "platt" -> true;
          default -> false;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "calibration method "
              + method
              + " with scale "
              + scale
              + " and offset "
              + offset
              + " is none of none (1, 0), temperature (offset 0) and platt");
    }
    if (!(scale > 0) || !Double.isFinite(scale) || !Double.isFinite(offset)) {
      throw new IllegalArgumentException(
          "calibration needs a positive scale and a finite offset, not " + scale + ", " + offset);
    }
  }

  /** No calibration: the plain sigmoid. */
  public static Calibration none() {
    return new Calibration("none", 1, 0);
  }

  /** P(fake) in [0, 1] of a raw logit; NaN stays NaN. */
  public double probability(double logit) {
    return 1 / (1 + Math.exp(-(scale * logit + offset)));
  }
}
