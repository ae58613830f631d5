package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Layer;

/** A convolution and the PReLU that follows each one in the attention network. */
public final class ConvPRelu extends Layer {

  private final Conv conv;
  private final PRelu activation;

  /** As {@link Conv#Conv}. */
  public ConvPRelu(int inputs, int outputs, int kernel, int groups) {
    conv = addChildBlock("conv", new Conv(inputs, outputs, kernel, groups));
    activation = addChildBlock("prelu", new PRelu());
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    conv.initialize(manager, type, inputs[0]);
    activation.initialize(manager, type, conv.outputShape(inputs[0]));
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray x, boolean training) {
    return activation.apply(store, conv.apply(store, x, training), training);
  }

  @Override
  protected Shape outputShape(Shape input) {
    return conv.outputShape(input);
  }

  /** The convolution. */
  public Conv conv() {
    return conv;
  }

  /** The activation. */
  public PRelu activation() {
    return activation;
  }
}
