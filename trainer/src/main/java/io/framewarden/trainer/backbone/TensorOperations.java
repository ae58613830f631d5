package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.List;

/**
 * The forward pass: a value is an array. Results belong to the manager of their first operand. Used
 * by one thread.
 */
public final class TensorOperations implements Operations<NDArray> {

  private final ParameterStore store;
  private final BatchNormMode pass;
  private final Convolution convolution;

  TensorOperations(ParameterStore store, BatchNormMode pass) {
    this.store = store;
    this.pass = pass;
    convolution = new Convolution(pass, false, false, this::value);
  }

  /**
   * For a backbone that is trained: what follows its stem has its channels last.
   *
   * @param rounding whether it is in bfloat16
   */
  TensorOperations(ParameterStore store, BatchNormMode pass, boolean rounding) {
    this.store = store;
    this.pass = pass;
    convolution = new Convolution(pass, rounding, true, this::value);
  }

  /** Operations that use and gather batch statistics in training, and running ones otherwise. */
  public static TensorOperations of(ParameterStore store, boolean training) {
    return new TensorOperations(store, training ? BatchNormMode.TRAINING : BatchNormMode.INFERENCE);
  }

  /** The parameter on the device of what it is combined with. */
  private NDArray value(Parameter parameter, NDArray x) {
    return store.getValue(parameter, x.getDevice(), pass != BatchNormMode.INFERENCE);
  }

  @Override
  public NDArray input(GrayInput input, NDArray faces) {
    return input.normalized(faces);
  }

  @Override
  public NDArray convolution(ConvUnit unit, NDArray x) {
    return convolution.of(unit, x);
  }

  @Override
  public NDArray dense(Dense layer, NDArray x) {
    return Linear.linear(x, value(layer.weight(), x), value(layer.bias(), x)).singletonOrThrow();
  }

  @Override
  public NDArray nonlinearity(Nonlinearity kind, NDArray x) {
    return switch (kind) {
      case NONE -> x;
      case RELU -> Activation.relu(x);
      case RELU6 -> Script.RELU6.of(x);
      // The engine's own swish keeps more for the backward pass.
      case SILU -> x.mul(Activation.sigmoid(x));
      case SIGMOID -> Activation.sigmoid(x);
    };
  }

  /** Written out because the engine's own version cannot be differentiated. */
  @Override
  public NDArray prelu(PRelu layer, NDArray x) {
    NDArray positive = Activation.relu(x);
    return positive.add(x.sub(positive).mul(value(layer.slope(), x)));
  }

  @Override
  public NDArray enlarge(Enlargement layer, NDArray x) {
    return layer
        .weight()
        .map(own -> Script.TRANSPOSED.of(x, value(own, x), value(layer.bias().orElseThrow(), x)))
        .orElseGet(() -> layer.enlarged(x));
  }

  @Override
  public NDArray maxPool(MaxPool pool, NDArray x) {
    return Pool.maxPool2d(
        x,
        new Shape(pool.kernel(), pool.kernel()),
        new Shape(pool.stride(), pool.stride()),
        new Shape(pool.padding(), pool.padding()),
        false);
  }

  @Override
  public NDArray globalAverage(NDArray x) {
    return Pool.globalAvgPool2d(x).reshape(channelVector(x));
  }

  @Override
  public NDArray globalMax(NDArray x) {
    return Pool.globalMaxPool2d(x).reshape(channelVector(x));
  }

  @Override
  public NDArray globalSum(NDArray x) {
    return x.sum(new int[] {2, 3}).reshape(channelVector(x));
  }

  private static Shape channelVector(NDArray x) {
    return new Shape(x.getShape().get(0), x.getShape().get(1), 1, 1);
  }

  @Override
  public NDArray channelAverage(NDArray x) {
    return x.mean(new int[] {1}, true);
  }

  @Override
  public NDArray channelMax(NDArray x) {
    return x.max(new int[] {1}, true);
  }

  @Override
  public NDArray topMean(NDArray x, int count) {
    return flatten(x).topK(count, 1).get(0).mean(new int[] {1}, true);
  }

  @Override
  public NDArray add(NDArray left, NDArray right) {
    return left.add(right);
  }

  @Override
  public NDArray subtract(NDArray left, NDArray right) {
    return left.sub(right);
  }

  @Override
  public NDArray multiply(NDArray left, NDArray right) {
    return left.mul(right);
  }

  @Override
  public NDArray scale(NDArray x, double factor) {
    return x.mul(Dct.constant(x.getManager(), new float[] {(float) factor}, 1));
  }

  @Override
  public NDArray ones(NDArray x) {
    return x.onesLike();
  }

  @Override
  public NDArray concat(List<NDArray> parts) {
    return NDArrays.concat(new NDList(parts), 1);
  }

  @Override
  public NDArray flatten(NDArray x) {
    return x.reshape(x.getShape().get(0), -1);
  }

  @Override
  public NDArray squeeze(NDArray x) {
    return x.squeeze(1);
  }

  @Override
  public NDArray sliceChannels(NDArray x, int from, int to) {
    return x.get(new NDIndex().addAllDim().addSliceDim(from, to));
  }

  @Override
  public NDArray frequencyBands(FrequencyBands layer, NDArray gray) {
    return layer.images(gray, value(layer.learnt(), gray));
  }

  @Override
  public NDArray localFrequencies(LocalFrequencies layer, NDArray gray) {
    return layer.statistics(gray, value(layer.learnt(), gray));
  }
}
