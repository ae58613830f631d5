package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/**
 * A layer that says once what it computes, as {@link Operations}. The forward pass, the shapes, the
 * costs, the names of published weights and the exported graph all follow from that.
 */
public abstract class GraphLayer extends Layer {

  /** For subclasses. */
  protected GraphLayer() {}

  /** What the layer computes of {@code x}. */
  public abstract <V> V describe(Operations<V> operations, V x);

  /** Makes a layer a part of this one. One without parameters leaves no trace in the names. */
  protected final <L extends GraphLayer> L part(String name, L layer) {
    return layer.getParameters().isEmpty() ? layer : addChildBlock(name, layer);
  }

  /** A parameter that starts at its kind's usual constant, or is drawn if it is a weight. */
  protected final Parameter parameter(String name, Parameter.Type type, long... shape) {
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
  protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    // Every parameter knows its shape: what a part is given as its input shape does not matter.
    for (Block part : getChildren().values()) {
      part.initialize(manager, type, inputs);
    }
  }

  @Override
  protected final NDArray compute(ParameterStore store, NDArray x, boolean training) {
    return describe(
        new TensorOperations(store, training ? BatchNormMode.TRAINING : BatchNormMode.INFERENCE),
        x);
  }

  @Override
  protected final Shape outputShape(Shape input) {
    return describe(new ShapeOperations(), input);
  }
}
