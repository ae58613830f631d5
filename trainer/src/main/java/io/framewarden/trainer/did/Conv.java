package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Layer;

/** A square convolution with bias that keeps the map's size. */
public final class Conv extends Layer {

  private final int outputs;
  private final int kernel;
  private final int groups;
  private final Parameter weight;
  private final Parameter bias;

  /** A convolution with an odd kernel side; {@code groups} divides both channel counts. */
  public Conv(int inputs, int outputs, int kernel, int groups) {
    this.outputs = outputs;
    this.kernel = kernel;
    this.groups = groups;
    weight =
        addParameter(
            Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(outputs, inputs / groups, kernel, kernel))
                .build());
    bias =
        addParameter(
            Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(outputs))
                .build());
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray x, boolean training) {
    int padding = kernel / 2;
    return Conv2d.conv2d(
            x,
            store.getValue(weight, x.getDevice(), training),
            store.getValue(bias, x.getDevice(), training),
            new Shape(1, 1),
            new Shape(padding, padding),
            new Shape(1, 1),
            groups)
        .singletonOrThrow();
  }

  @Override
  protected Shape outputShape(Shape input) {
    return new Shape(input.get(0), outputs, input.get(2), input.get(3));
  }

  /** Side of the kernel. */
  public int kernel() {
    return kernel;
  }

  /** Groups that the channels are split into. */
  public int groups() {
    return groups;
  }

  /** Weights (outputs, inputs / groups, kernel, kernel). */
  public Parameter weight() {
    return weight;
  }

  /** Bias (outputs). */
  public Parameter bias() {
    return bias;
  }
}
