package io.framewarden.trainer.did;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Brings Java's values into the engine's own memory. DJL lends the engine a Java buffer instead,
 * and forgets the buffer when the array that it made is closed, whoever still reads it: {@code set}
 * so lost weights, and {@code mul}, {@code div} and {@code pow} of an array and a plain number lose
 * the number that the backward pass needs again. After a garbage collection in between, gradients
 * were wrong and sometimes NaN.
 */
public final class TensorValues {
  private TensorValues() {}

  /** A tensor of these values in memory of the engine's own. */
  public static NDArray of(NDManager manager, float[] values, Shape shape) {
    try (NDArray borrowed = manager.create(values, shape)) {
      return borrowed.duplicate();
    }
  }

  /** An array times a number, whose gradient is right whenever it is asked for. */
  public static NDArray times(NDArray x, double factor) {
    return x.mul(scalar(x, factor));
  }

  /** An array to the power of a number, as {@link #times}. */
  static NDArray power(NDArray x, double exponent) {
    return x.pow(scalar(x, exponent));
  }

  private static NDArray scalar(NDArray x, double value) {
    return x.getManager().full(new Shape(), (float) value, x.getDataType());
  }

  /** Gives a tensor of any device the values of another one of its shape. */
  public static void copy(NDArray from, NDArray to) {
    boolean learnt = to.hasGradient();
    try (GradientMode disabled = GradientMode.disable()) {
      to.intern(copyOn(to.getDevice(), from));
    }
    to.setRequiresGradient(learnt);
  }

  /**
   * A copy on a device, of the array's own manager. DJL's {@code toDevice} shares the memory when
   * the array is there already, also when asked for a copy.
   */
  public static NDArray copyOn(Device device, NDArray array) {
    return array.getDevice().equals(device) ? array.duplicate() : array.toDevice(device, true);
  }

  /**
   * Overwrites a tensor's values.
   *
   * @param tensor keeps its device, shape and whether it has a gradient
   * @param values in the tensor's order
   */
  public static void replace(NDArray tensor, float[] values) {
    boolean learnt = tensor.hasGradient();
    tensor.intern(of(tensor.getManager(), values, tensor.getShape()));
    tensor.setRequiresGradient(learnt);
  }
}
