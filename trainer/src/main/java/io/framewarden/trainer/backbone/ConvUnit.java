package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;

/**
 * A square convolution without bias, padded to keep the size at stride 1, and batch normalisation
 * after it.
 */
public final class ConvUnit extends Layer {

  /** Batch normalisation's epsilon, which an exporter has to fold with. */
  public static final float EPSILON = 1e-5f;

  /** How much of the running statistics survives a step. */
  private static final float MOMENTUM = 0.9f;

  private final int outputs;
  private final int kernel;
  private final int stride;
  private final Parameter weight;
  private final Parameter gamma;
  private final Parameter beta;
  private final Parameter mean;
  private final Parameter variance;

  /** A unit from {@code inputs} to {@code outputs} channels with an odd kernel side. */
  public ConvUnit(int inputs, int outputs, int kernel, int stride) {
    this.outputs = outputs;
    this.kernel = kernel;
    this.stride = stride;
    weight = parameter("weight", Parameter.Type.WEIGHT, outputs, inputs, kernel, kernel);
    gamma = parameter("gamma", Parameter.Type.GAMMA, outputs);
    beta = parameter("beta", Parameter.Type.BETA, outputs);
    mean = parameter("runningMean", Parameter.Type.RUNNING_MEAN, outputs);
    variance = parameter("runningVar", Parameter.Type.RUNNING_VAR, outputs);
  }

  private Parameter parameter(String name, Parameter.Type type, long... shape) {
    boolean learnt = type != Parameter.Type.RUNNING_MEAN && type != Parameter.Type.RUNNING_VAR;
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(type)
            .optShape(new Shape(shape))
            .optRequiresGrad(learnt)
            .build());
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray x, boolean training) {
    int padding = kernel / 2;
    NDArray convolved =
        Conv2d.conv2d(
                x,
                store.getValue(weight, x.getDevice(), training),
                null,
                new Shape(stride, stride),
                new Shape(padding, padding),
                new Shape(1, 1),
                1)
            .singletonOrThrow();
    return BatchNorm.batchNorm(
            convolved,
            store.getValue(mean, x.getDevice(), training),
            store.getValue(variance, x.getDevice(), training),
            store.getValue(gamma, x.getDevice(), training),
            store.getValue(beta, x.getDevice(), training),
            1,
            MOMENTUM,
            EPSILON,
            training)
        .singletonOrThrow();
  }

  @Override
  protected Shape outputShape(Shape input) {
    return new Shape(input.get(0), outputs, reduced(input.get(2)), reduced(input.get(3)));
  }

  private long reduced(long side) {
    return (side - 1) / stride + 1;
  }

  /** Stride in both directions. */
  public int stride() {
    return stride;
  }

  /** Side of the kernel. */
  public int kernel() {
    return kernel;
  }

  /** Weights (outputs, inputs, kernel, kernel). */
  public Parameter weight() {
    return weight;
  }

  /** Batch normalisation's scale (outputs). */
  public Parameter gamma() {
    return gamma;
  }

  /** Batch normalisation's shift (outputs). */
  public Parameter beta() {
    return beta;
  }

  /** Running mean (outputs). */
  public Parameter mean() {
    return mean;
  }

  /** Running variance (outputs). */
  public Parameter variance() {
    return variance;
  }
}
