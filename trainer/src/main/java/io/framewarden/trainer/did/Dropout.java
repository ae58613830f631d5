package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/**
 * Dropout (Srivastava and others: Dropout: A Simple Way to Prevent Neural Networks from
 * Overfitting, 2014) of whole channels, which before an average over places is the same as dropout
 * of what was averaged. Drawn from a seed of its own, so that a resumed run draws the same.
 */
final class Dropout {

  private Dropout() {}

  /**
   * What a feature map is multiplied by: (n, channels, 1, 1), 0 for what is hidden and {@code 1 /
   * (1 - rate)} for the rest, so that the mean stays.
   */
  static NDArray factors(NDManager manager, int n, int channels, double rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] factors = new float[n * channels];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = random.nextDouble() < rate ? 0 : (float) (1 / (1 - rate));
    }
    return TensorValues.of(manager, factors, new Shape(n, channels, 1, 1));
  }
}
