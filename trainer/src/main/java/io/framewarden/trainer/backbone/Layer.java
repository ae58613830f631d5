package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A layer, of a backbone or of a head, that says once what it computes, as {@link Operations}. The
 * forward pass, the shapes, the costs, the names of published weights and the exported graph all
 * follow from that.
 *
 * <p>Ownership: what {@link #apply} returns belongs to the input's manager. A parameter must never
 * be the first operand of an operation, or the result would live as long as the network.
 */
public abstract class Layer extends AbstractBlock {

  /** For subclasses. */
  protected Layer() {}

  /** What the layer computes of {@code x}. */
  public abstract <V> V describe(Operations<V> operations, V x);

  /** Makes a layer a part of this one. One without parameters leaves no trace in the names. */
  protected final <L extends Layer> L part(String name, L layer) {
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

  /**
   * Computes the output.
   *
   * @param store where the parameters are read from
   * @param x the input
   * @param training whether batch statistics are used and gathered
   */
  public final NDArray apply(ParameterStore store, NDArray x, boolean training) {
    return forward(store, new NDList(x), training).singletonOrThrow();
  }

  /** What {@link #apply} computes: the description, read as a forward pass. */
  protected NDArray compute(ParameterStore store, NDArray x, boolean training) {
    return describe(TensorOperations.of(store, training), x);
  }

  /** Shape of the output for an input of this shape. */
  public final Shape outputShape(Shape input) {
    return describe(new ShapeOperations(), input);
  }

  @Override
  protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    // Every parameter knows its shape: what a part is given as its input shape does not matter.
    for (Block part : getChildren().values()) {
      part.initialize(manager, type, inputs);
    }
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      PairList<String, Object> unusedArguments) {
    return new NDList(compute(store, inputs.singletonOrThrow(), training));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {outputShape(inputShapes[0])};
  }
}
