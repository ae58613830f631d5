package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;

/**
 * Gives a lasting tensor new values. {@code NDArray.set} only points the tensor at Java's buffer,
 * which was seen to be freed while the weights were still in use: they turned into NaN some steps
 * later. Here the engine makes memory of its own and the tensor takes that.
 */
public final class TensorValues {
  private TensorValues() {}

  /**
   * @param tensor keeps its place, shape and whether it has a gradient
   * @param values in the tensor's order
   */
  public static void replace(NDArray tensor, float[] values) {
    boolean learnt = tensor.hasGradient();
    try (NDArray borrowed = tensor.getManager().create(values, tensor.getShape())) {
      tensor.intern(borrowed.duplicate());
    }
    tensor.setRequiresGradient(learnt);
  }
}
