package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The discrete cosine transform, through which F3-Net sees faces. */
final class Dct {

  private Dct() {}

  /**
   * The orthonormal transform of type II in row-major order: row {@code k} holds the samples of the
   * {@code k}-th cosine, and the transposed matrix is the inverse.
   */
  static float[] matrix(int side) {
    float[] matrix = new float[side * side];
    for (int k = 0; k < side; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / side);
      for (int i = 0; i < side; i++) {
        matrix[k * side + i] = (float) (scale * Math.cos(Math.PI * (i + 0.5) * k / side));
      }
    }
    return matrix;
  }

  static float[] transposed(float[] matrix, int side) {
    float[] result = new float[matrix.length];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        result[column * side + row] = matrix[row * side + column];
      }
    }
    return result;
  }

  /** A constant in memory of the engine's own: the backward pass reads it again. */
  static NDArray constant(NDManager manager, float[] values, long... shape) {
    try (NDArray borrowed = manager.create(values, new Shape(shape))) {
      return borrowed.duplicate();
    }
  }

  /** F3-Net's squashing of learnt filters into -1..1: {@code (1 - exp(-w)) / (1 + exp(-w))}. */
  static NDArray squashed(NDArray learnt, NDManager owner) {
    // The constant comes first, so that nothing is left on the parameter's manager.
    NDArray half = constant(owner, new float[] {0.5f}, 1);
    return half.mul(learnt).tanh();
  }
}
