package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Layer;

/** A fully connected layer with bias: (n, inputs) to (n, outputs). */
public final class Dense extends Layer {

  private final int outputs;
  private final Parameter weight;
  private final Parameter bias;

  /** A layer whose parameters are still to be initialised. */
  public Dense(int inputs, int outputs) {
    this.outputs = outputs;
    weight =
        addParameter(
            Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(outputs, inputs))
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
    return Linear.linear(
            x,
            store.getValue(weight, x.getDevice(), training),
            store.getValue(bias, x.getDevice(), training))
        .singletonOrThrow();
  }

  @Override
  protected Shape outputShape(Shape input) {
    return new Shape(input.get(0), outputs);
  }

  /** Weights (outputs, inputs). */
  public Parameter weight() {
    return weight;
  }

  /** Bias (outputs). */
  public Parameter bias() {
    return bias;
  }
}
