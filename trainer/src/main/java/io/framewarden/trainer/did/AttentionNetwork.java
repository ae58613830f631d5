package io.framewarden.trainer.did;

import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.Layer;
import io.framewarden.trainer.backbone.NamedLayer;
import io.framewarden.trainer.backbone.Nonlinearity;
import io.framewarden.trainer.backbone.Operations;
import io.framewarden.trainer.backbone.PRelu;
import io.framewarden.trainer.backbone.Sequential;
import java.util.List;

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
final class AttentionNetwork extends Layer {

  private static final int POOLINGS = 3;
  private static final int KERNEL = 3;

  /** C-ADP, the learnt pooling over channels. */
  private final Layer channelAdaptive;

  /** Makes one map of the three that are pooled over channels. */
  private final Layer spatial;

  /** S-ADP before its sum, the learnt pooling over the map. */
  private final Layer spatialAdaptive;

  /** Makes one vector of the three that are pooled over the map. */
  private final Layer channel;

  /** An attention over maps of {@code channels} channels. */
  AttentionNetwork(int channels) {
    channelAdaptive = part("cAdp", withPRelu(ConvUnit.of(channels, 1, 1)));
    spatial = part("spatial", withPRelu(ConvUnit.of(POOLINGS, 1, KERNEL)));
    spatialAdaptive = part("sAdp", withPRelu(ConvUnit.of(channels, channels, KERNEL).depthwise()));
    channel = part("channel", withPRelu(ConvUnit.of(POOLINGS * channels, channels, 1)));
  }

  private static Layer withPRelu(ConvUnit.Builder convolution) {
    return new Sequential(
        List.of(
            new NamedLayer("conv", convolution.biased().build()),
            new NamedLayer("prelu", new PRelu())));
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    V mask = operations.multiply(spatialBranch(operations, x), channelBranch(operations, x));
    return operations.nonlinearity(Nonlinearity.SIGMOID, mask);
  }

  private <V> V spatialBranch(Operations<V> operations, V x) {
    V average = operations.channelAverage(x);
    V maximum = operations.channelMax(x);
    V adaptive = channelAdaptive.describe(operations, x);
    return spatial.describe(operations, operations.concat(List.of(average, maximum, adaptive)));
  }

  private <V> V channelBranch(Operations<V> operations, V x) {
    V average = operations.globalAverage(x);
    V maximum = operations.globalMax(x);
    V adaptive = operations.globalSum(spatialAdaptive.describe(operations, x));
    return channel.describe(operations, operations.concat(List.of(average, maximum, adaptive)));
  }
}
