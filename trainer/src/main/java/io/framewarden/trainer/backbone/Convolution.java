package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.function.BiFunction;

/**
 * How a forward pass convolves: by which batch statistics, and whether in bfloat16.
 *
 * <p>Rounded, what follows a backbone's stem is half the memory to go through, and its products are
 * faster where the processor has instructions for them. Depthwise convolutions stay in float32,
 * whose gradients the engine computes several times faster, and so do parameters and statistics.
 */
final class Convolution {

  /** Keeps all of the running statistics. */
  private static final float UNMOVED = 1f;

  /**
   * Below this many channels oneDNN's AVX-512 kernel for the gradient of a strided 1x1
   * convolution's weights reads where there is nothing, and ends the process.
   */
  private static final int NARROW = 16;

  private static final Shape NO_DILATION = new Shape(1, 1);

  private final BatchNormMode pass;
  private final boolean rounding;
  private final boolean channelsLast;
  private final BiFunction<Parameter, NDArray, NDArray> value;

  /**
   * @param rounding whether what follows a backbone's stem is in bfloat16
   * @param channelsLast whether it has its channels last in memory
   * @param value a parameter's array, on the device of what it is combined with
   */
  Convolution(
      BatchNormMode pass,
      boolean rounding,
      boolean channelsLast,
      BiFunction<Parameter, NDArray, NDArray> value) {
    this.pass = pass;
    this.rounding = rounding;
    this.channelsLast = channelsLast;
    this.value = value;
  }

  /** Convolution, bias and batch normalisation, as far as the unit has them. */
  NDArray of(ConvUnit unit, NDArray x) {
    boolean stem = unit.stem() != ConvUnit.Stem.NONE;
    boolean depthwise = unit.groups() > 1;
    NDArray weight = value.apply(unit.weight(), x);
    NDArray bias = unit.bias().map(own -> value.apply(own, x)).orElse(null);
    boolean folded = pass == BatchNormMode.FROZEN && unit.norm().isPresent();
    if (folded) {
      FrozenNorm frozen = FrozenNorm.of(unit, value, x);
      weight = frozen.weight();
      bias = frozen.bias();
    }
    NDArray result;
    if (!rounding || stem) {
      result = convolved(unit, x, weight, bias);
    } else if (depthwise) {
      result = Script.BFLOAT16.of(convolved(unit, Script.FLOAT32.of(x), weight, bias));
    } else {
      NDManager manager = x.getManager();
      result = convolved(unit, x, rounded(weight, manager), rounded(bias, manager));
    }
    if (unit.norm().isPresent() && !folded) {
      result = normalized(unit.norm().get(), result);
    }
    return stem ? prepared(result) : result;
  }

  private NDArray prepared(NDArray stem) {
    NDArray ordered = channelsLast ? Script.CHANNELS_LAST.of(stem) : stem;
    return rounding ? Script.BFLOAT16.of(ordered) : ordered;
  }

  private static NDArray convolved(ConvUnit unit, NDArray x, NDArray weight, NDArray bias) {
    boolean thinned = unit.kernel() == 1 && unit.stride() > 1 && unit.inputs() < NARROW;
    int stride = thinned ? 1 : unit.stride();
    return Conv2d.conv2d(
            thinned ? thinned(x, unit.stride()) : padded(unit, x),
            weight,
            bias,
            new Shape(stride, stride),
            new Shape(unit.padding(), unit.padding()),
            NO_DILATION,
            unit.groups())
        .singletonOrThrow();
  }

  /** With the zeros that the engine's convolution, which has as many on each side, cannot add. */
  private static NDArray padded(ConvUnit unit, NDArray x) {
    int more = unit.paddingAfter() - unit.padding();
    return more == 0 ? x : x.pad(new Shape(0, more, 0, more), 0);
  }

  /**
   * Every {@code stride}-th pixel, all that a 1x1 convolution sees; as a maximum over one pixel.
   */
  private static NDArray thinned(NDArray x, int stride) {
    return Pool.maxPool2d(x, new Shape(1, 1), new Shape(stride, stride), new Shape(0, 0), false);
  }

  /** A rounded copy, which belongs to the manager even where a parameter is rounded. */
  private static NDArray rounded(NDArray value, NDManager manager) {
    if (value == null) {
      return null;
    }
    NDArray rounded = Script.BFLOAT16.of(value);
    rounded.attach(manager);
    return rounded;
  }

  private NDArray normalized(ConvUnit.BatchNormParameters norm, NDArray x) {
    return BatchNorm.batchNorm(
            x,
            value.apply(norm.mean(), x),
            value.apply(norm.variance(), x),
            value.apply(norm.gamma(), x),
            value.apply(norm.beta(), x),
            1,
            pass == BatchNormMode.RECOMPUTATION ? UNMOVED : norm.settings().momentum(),
            norm.settings().epsilon(),
            pass != BatchNormMode.INFERENCE)
        .singletonOrThrow();
  }
}
