package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Gives a lasting tensor new values. {@code NDArray.set} only points the tensor at Java's buffer,
 * which was seen to be freed while the weights were still in use: they turned into NaN some steps
 * later. Here the engine makes memory of its own and the tensor takes that.
 */
public final class TensorValues {
  private TensorValues() {}

  /** A tensor of these values in memory of the engine's own. */
  static NDArray owned(NDManager manager, float[] values, Shape shape) {
    try (NDArray borrowed = manager.create(values, shape)) {
      return borrowed.duplicate();
    }
  }

  /**
   * @param tensor keeps its place, shape and whether it has a gradient
   * @param values in the tensor's order
   */
  public static void replace(NDArray tensor, float[] values) {
    boolean learnt = tensor.hasGradient();
    tensor.intern(owned(tensor.getManager(), values, tensor.getShape()));
    tensor.setRequiresGradient(learnt);
  }
}
