package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of the shape of ResNet-18 or 34: a 7x7 unit of stride 2, a 3x3 maximum of stride 2, and
 * four stages of basic blocks with 64, 128, 256 and 512 channels times a width. 224x224 faces give
 * 7x7 maps.
 */
public final class ResNet extends Backbone {

  private static final int[] STAGE_CHANNELS = {64, 128, 256, 512};
  private static final Shape POOL = new Shape(3, 3);
  private static final Shape POOL_STRIDE = new Shape(2, 2);
  private static final Shape POOL_PADDING = new Shape(1, 1);

  private final GrayInput input;
  private final ConvUnit stem;
  private final List<BasicBlock> blocks = new ArrayList<>();
  private final int channels;

  /**
   * A network with its parameters still to be initialised.
   *
   * @param kind a kind of the family
   * @param width factor on the channels of every stage, above 0; each stage has at least 4
   * @param highPass whether the input layer adds its high-pass channel
   */
  public ResNet(BackboneKind kind, double width, boolean highPass) {
    int[] blocksPerStage =
        switch (kind) {
          case RESNET_18 -> new int[] {2, 2, 2, 2};
          case RESNET_34 -> new int[] {3, 4, 6, 3};
        };
    input = addChildBlock("input", new GrayInput(highPass));
    int previous = scaled(STAGE_CHANNELS[0], width);
    stem = addChildBlock("stem", new ConvUnit(input.channels(), previous, 7, 2));
    for (int stage = 0; stage < STAGE_CHANNELS.length; stage++) {
      int outputs = scaled(STAGE_CHANNELS[stage], width);
      for (int block = 0; block < blocksPerStage[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        blocks.add(addChildBlock("block", new BasicBlock(previous, outputs, stride)));
        previous = outputs;
      }
    }
    channels = previous;
  }

  private static int scaled(int full, double width) {
    return Math.max(4, (int) Math.round(full * width));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    input.initialize(manager, type, inputs[0]);
    Shape shape = input.outputShape(inputs[0]);
    stem.initialize(manager, type, shape);
    shape = pooled(stem.outputShape(shape));
    for (BasicBlock block : blocks) {
      block.initialize(manager, type, shape);
      shape = block.outputShape(shape);
    }
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray faces, boolean training) {
    NDArray x = input.apply(store, faces, training);
    x = Activation.relu(stem.apply(store, x, training));
    x = Pool.maxPool2d(x, POOL, POOL_STRIDE, POOL_PADDING, false);
    for (BasicBlock block : blocks) {
      x = block.apply(store, x, training);
    }
    return x;
  }

  @Override
  protected Shape outputShape(Shape faces) {
    Shape shape = pooled(stem.outputShape(input.outputShape(faces)));
    for (BasicBlock block : blocks) {
      shape = block.outputShape(shape);
    }
    return shape;
  }

  private static Shape pooled(Shape shape) {
    return new Shape(
        shape.get(0), shape.get(1), (shape.get(2) - 1) / 2 + 1, (shape.get(3) - 1) / 2 + 1);
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int stride() {
    return 32;
  }

  /** The fixed first layer. */
  public GrayInput input() {
    return input;
  }

  /** The 7x7 unit. */
  public ConvUnit stem() {
    return stem;
  }

  /** The blocks, first to last. */
  public List<BasicBlock> blocks() {
    return List.copyOf(blocks);
  }
}
