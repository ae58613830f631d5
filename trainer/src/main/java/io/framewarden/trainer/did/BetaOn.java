package io.framewarden.trainer.did;

/**
 * What beta, the growing strength of the decomposition's adversarial game, slows down. The paper's
 * text has it in the gradient reversal layer; its equations 5 and 12 put it before the step of T's
 * parameters phi instead.
 */
public enum BetaOn {
  /** The reversed gradient that theta and psi get: T learns at its full rate from the start. */
  FEATURES,
  /** T's own step: theta and psi get the whole reversed gradient from the start. */
  ESTIMATOR,
  /** Both. */
  BOTH;

  /** The factor, besides -1, on the gradient that passes the reversal layer. */
  public double onFeatures(double beta) {
    return this == ESTIMATOR ? 1 : beta;
  }

  /** The factor on T's learning rate. */
  public double onEstimator(double beta) {
    return this == FEATURES ? 1 : beta;
  }
}
