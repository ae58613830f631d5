package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.Layer;

/**
 * The attention of the paper's figure 3, the same for A_df and A_dom: a feature map (n, c, h, w) to
 * a mask (n, c, h, w) within 0..1.
 *
 * <p>The spatial branch pools over channels to three (1, h, w) maps, the average, the maximum and a
 * learnt one (1x1 convolution), and convolves them to one. The channel branch pools over the map to
 * three (c, 1, 1) vectors, the average, the maximum and a learnt one (depthwise convolution, then
 * the sum), and convolves them to one. Every convolution has its PReLU. The paper leaves open how
 * the two meet; here their broadcast product goes through a sigmoid. The kernels of the spatial and
 * the depthwise convolution, open as well, are 3x3.
 */
public final class AttentionNetwork extends Layer {

  private static final int POOLINGS = 3;
  private static final int KERNEL = 3;

  private final int channels;
  private final ConvPRelu channelAdaptive;
  private final ConvPRelu spatial;
  private final ConvPRelu spatialAdaptive;
  private final ConvPRelu channel;

  /** An attention over maps of {@code channels} channels. */
  public AttentionNetwork(int channels) {
    this.channels = channels;
    channelAdaptive = addChildBlock("cAdp", new ConvPRelu(channels, 1, 1, 1));
    spatial = addChildBlock("spatial", new ConvPRelu(POOLINGS, 1, KERNEL, 1));
    spatialAdaptive = addChildBlock("sAdp", new ConvPRelu(channels, channels, KERNEL, channels));
    channel = addChildBlock("channel", new ConvPRelu(POOLINGS * channels, channels, 1, 1));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape map = inputs[0];
    channelAdaptive.initialize(manager, type, map);
    spatial.initialize(manager, type, new Shape(map.get(0), POOLINGS, map.get(2), map.get(3)));
    spatialAdaptive.initialize(manager, type, map);
    channel.initialize(manager, type, new Shape(map.get(0), (long) POOLINGS * channels, 1, 1));
  }

  @Override
  protected NDArray compute(ParameterStore store, NDArray x, boolean training) {
    NDArray where = spatialBranch(store, x, training);
    NDArray which = channelBranch(store, x, training);
    return Activation.sigmoid(where.mul(which));
  }

  private NDArray spatialBranch(ParameterStore store, NDArray x, boolean training) {
    int[] overChannels = {1};
    NDArray average = x.mean(overChannels, true);
    NDArray maximum = x.max(overChannels, true);
    NDArray adaptive = channelAdaptive.apply(store, x, training);
    NDArray pooled = NDArrays.concat(new NDList(average, maximum, adaptive), 1);
    return spatial.apply(store, pooled, training);
  }

  private NDArray channelBranch(ParameterStore store, NDArray x, boolean training) {
    Shape vector = new Shape(x.getShape().get(0), channels, 1, 1);
    NDArray average = Pool.globalAvgPool2d(x).reshape(vector);
    NDArray maximum = Pool.globalMaxPool2d(x).reshape(vector);
    NDArray adaptive =
        spatialAdaptive.apply(store, x, training).sum(new int[] {2, 3}).reshape(vector);
    NDArray pooled = NDArrays.concat(new NDList(average, maximum, adaptive), 1);
    return channel.apply(store, pooled, training);
  }

  @Override
  protected Shape outputShape(Shape input) {
    return input;
  }

  /** C-ADP, the learnt pooling over channels. */
  public ConvPRelu channelAdaptive() {
    return channelAdaptive;
  }

  /** What makes one map of the three pooled over channels. */
  public ConvPRelu spatial() {
    return spatial;
  }

  /** S-ADP before its sum, the learnt pooling over the map. */
  public ConvPRelu spatialAdaptive() {
    return spatialAdaptive;
  }

  /** What makes one vector of the three pooled over the map. */
  public ConvPRelu channel() {
    return channel;
  }
}
