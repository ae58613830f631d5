package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A block of one input and one output, so that networks can be written as calls on arrays.
 *
 * <p>Ownership: what {@link #apply} returns belongs to the input's manager. A parameter must never
 * be the first operand of an operation, or the result would live as long as the network.
 */
public abstract class Layer extends AbstractBlock {

  /** For subclasses. */
  protected Layer() {}

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

  /** What {@link #apply} computes. */
  protected abstract NDArray compute(ParameterStore store, NDArray x, boolean training);

  /** Shape of the output for an input of this shape. */
  protected abstract Shape outputShape(Shape input);

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
