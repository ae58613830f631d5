package io.framewarden.trainer.training;

import java.util.Arrays;

/**
 * A tensor of a PyTorch file as a view of its storage's numbers, which are elsewhere in the file.
 *
 * @param storage the numbers
 * @param offset of the tensor's first one
 * @param shape of the tensor
 * @param stride from one element to the next in each dimension, in numbers
 */
record TensorView(TensorStorage storage, long offset, long[] shape, long[] stride) {

  /**
   * Its numbers in row-major order.
   *
   * @param numbers of the storage
   * @throws ArithmeticException if the tensor is no part of them
   */
  float[] of(float[] numbers) {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count > numbers.length) {
      throw new ArithmeticException(
          "a tensor of " + Arrays.toString(shape) + " is no part of storage " + storage.key());
    }
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      long place = offset;
      long rest = i;
      for (int d = shape.length - 1; d >= 0; d--) {
        place += rest % shape[d] * stride[d];
        rest /= shape[d];
      }
      if (place < 0 || place >= numbers.length) {
        throw new ArithmeticException("a tensor reaches beyond storage " + storage.key());
      }
      values[i] = numbers[(int) place];
    }
    return values;
  }
}
