package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * The estimator T with parameters phi: I_df and I_os, concatenated on channels (n, 2c, h, w), to
 * one real number each (n), high where T holds the two for parts of one face. Three 3x3
 * convolutions with ReLU and one fully connected layer.
 */
public final class MutualInformation extends Layer {

  private static final int CONVOLUTIONS = 3;
  private static final int KERNEL = 3;

  private final List<Conv> convolutions = new ArrayList<>();
  private final Dense last;

  /**
   * An estimator.
   *
   * @param channels of one feature map; the input has twice as many
   * @param cells of one feature map, h * w
   * @param hidden channels between the convolutions
   */
  public MutualInformation(int channels, int cells, int hidden) {
    int inputs = 2 * channels;
    for (int i = 0; i < CONVOLUTIONS; i++) {
      convolutions.add(addChildBlock("conv", new Conv(inputs, hidden, KERNEL, 1)));
      inputs = hidden;
    }
    last = addChildBlock("last", new Dense(hidden * cells, 1));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape shape = inputs[0];
    for (Conv conv : convolutions) {
      conv.initialize(manager, type, shape);
      shape = conv.outputShape(shape);
    }
    last.initialize(manager, type, flat(shape));
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray pair, boolean training) {
    NDArray x = pair;
    for (Conv conv : convolutions) {
      x = Activation.relu(conv.apply(store, x, training));
    }
    return last.apply(store, x.reshape(flat(x.getShape())), training).reshape(-1);
  }

  private static Shape flat(Shape map) {
    return new Shape(map.get(0), map.get(1) * map.get(2) * map.get(3));
  }

  @Override
  protected Shape outputShape(Shape input) {
    return new Shape(input.get(0));
  }
}
