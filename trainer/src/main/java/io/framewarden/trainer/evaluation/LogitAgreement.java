package io.framewarden.trainer.evaluation;

/** How far apart the logits may be that two engines compute with one network. */
public final class LogitAgreement {
  /** Largest {@link #difference} of two engines that agree. */
  public static final double LIMIT = 1e-4;

  private LogitAgreement() {}

  /**
   * How far apart two logits are: absolute up to a logit of 1, relative beyond. Both engines round
   * to 24 bits, so that a face far from all others, whose logit is -20, cannot be held to the same
   * absolute difference as one at -0.5; as probabilities, they differ less.
   *
   * @return at least 0; infinite where either is no finite number, so that no comparison lets it
   *     through
   */
  public static double difference(double expected, double actual) {
    double difference = Math.abs(expected - actual) / Math.max(1, Math.abs(expected));
    return Double.isFinite(difference) ? difference : Double.POSITIVE_INFINITY;
  }

  /** The largest {@link #difference} of logits of the same faces; 0 of none. */
  public static double difference(double[] expected, double[] actual) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, difference(expected[i], actual[i]));
    }
    return largest;
  }
}
