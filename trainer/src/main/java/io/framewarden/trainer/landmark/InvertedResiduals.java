package io.framewarden.trainer.landmark;

import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.GrayInput;
import io.framewarden.trainer.backbone.NamedLayer;
import io.framewarden.trainer.backbone.Nonlinearity;
import io.framewarden.trainer.backbone.Normalization;
import io.framewarden.trainer.backbone.Residual;
import io.framewarden.trainer.backbone.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * Inverted residual blocks (MobileNetV2, Sandler et al. 2018) on a gray image, with narrow
 * expansions: a 1x1 expansion, a depthwise 3x3 convolution, a 1x1 projection without a
 * nonlinearity.
 */
final class InvertedResiduals {
  private static final int STEM = 16;

  private final List<NamedLayer> layers = new ArrayList<>();
  private int channels = STEM;

  /** Begins with a 3x3 unit of stride 2. */
  InvertedResiduals() {
    layers.add(new NamedLayer("input", new GrayInput(false)));
    layers.add(new NamedLayer("stem", unit(1, STEM, 3).stride(2).then(Nonlinearity.RELU).build()));
  }

  /**
   * Adds blocks of which the first halves the map.
   *
   * @param expansion factor on the channels inside a block
   */
  void addStage(int outputs, int blocks, int expansion) {
    for (int block = 0; block < blocks; block++) {
      int stride = block == 0 ? 2 : 1;
      int inner = channels * expansion;
      List<NamedLayer> units =
          List.of(
              new NamedLayer("expand", unit(channels, inner, 1).then(Nonlinearity.RELU).build()),
              new NamedLayer(
                  "depthwise",
                  unit(inner, inner, 3).depthwise().stride(stride).then(Nonlinearity.RELU).build()),
              new NamedLayer("project", unit(inner, outputs, 1).build()));
      layers.add(
          new NamedLayer(
              "block",
              stride == 1 ? new Residual(units, Nonlinearity.NONE) : new Sequential(units)));
      channels = outputs;
    }
  }

  /** The layers. */
  Sequential end() {
    return new Sequential(layers);
  }

  /** Channels of the last map. */
  int channels() {
    return channels;
  }

  /** A convolution with batch normalisation. */
  static ConvUnit.Builder unit(int inputs, int outputs, int kernel) {
    return ConvUnit.of(inputs, outputs, kernel).normalized(Normalization.STANDARD);
  }
}
