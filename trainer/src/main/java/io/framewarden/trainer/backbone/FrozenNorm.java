package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.framewarden.trainer.backbone.ConvUnit.BatchNormParameters;
import java.util.function.BiFunction;

/**
 * A convolution with its batch normalisation folded in, in training: the running statistics stay as
 * they are, scale and shift are learnt, and no map is gone through but by the convolution.
 *
 * @param weight (outputs, inputs / groups, kernel, kernel): {@code w gamma / sqrt(var + eps)}
 * @param bias (outputs): {@code beta + (b - mean) gamma / sqrt(var + eps)}, where b is the unit's
 *     own bias or 0
 */
record FrozenNorm(NDArray weight, NDArray bias) {

  /**
   * Of a unit with normalisation.
   *
   * @param value a parameter's array, on the device of what it is combined with
   * @param x what will be convolved; what is computed belongs to its manager
   */
  static FrozenNorm of(ConvUnit unit, BiFunction<Parameter, NDArray, NDArray> value, NDArray x) {
    NDManager manager = x.getManager();
    BatchNormParameters norm = unit.norm().orElseThrow();
    // A parameter must never come first, or the result would be the network's own.
    NDArray spread =
        Dct.constant(manager, new float[] {norm.settings().epsilon()}, 1)
            .add(value.apply(norm.variance(), x))
            .sqrt();
    NDArray scale = Dct.constant(manager, new float[] {1}, 1).div(spread);
    scale = scale.mul(value.apply(norm.gamma(), x));
    NDArray shift = scale.mul(value.apply(norm.mean(), x)).neg();
    if (unit.bias().isPresent()) {
      shift = shift.add(scale.mul(value.apply(unit.bias().get(), x)));
    }
    NDArray weight = scale.reshape(-1, 1, 1, 1).mul(value.apply(unit.weight(), x));
    return new FrozenNorm(weight, shift.add(value.apply(norm.beta(), x)));
  }
}
