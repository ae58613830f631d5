package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;

/**
 * The gradient reversal layer: the identity forward, the gradient times {@code -beta} backward.
 * What lies before it learns to defeat what lies after it.
 */
public final class GradientReversal {

  private GradientReversal() {}

  /**
   * Reverses the gradient of an array.
   *
   * @param x any shape
   * @param beta 0 lets no gradient through, 1 all of it with its sign reversed
   */
  public static NDArray apply(NDArray x, double beta) {
    // Not the engine's scaleGradient, which loses its number: see TensorValues.
    NDArray forward = TensorValues.times(x.stopGradient(), 1 + beta);
    return TensorValues.times(x, -beta).add(forward);
  }

  /**
   * The paper's schedule {@code beta = 2 / (1 + exp(-5 p)) - 1}.
   *
   * @param progress p = e / E in epoch e of E, the first being 1
   * @return from 0 towards 1, 0.987 in the last epoch
   */
  public static double beta(double progress) {
    return 2 / (1 + Math.exp(-5 * progress)) - 1;
  }
}
