package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.onnx.LandmarkNetwork;
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
 * Stages of narrow full convolutions on a gray image: a 3x3 unit that halves the map, then residual
 * blocks of two (He et al. 2016). Depthwise convolutions would need half of the multiplications and
 * a third of the parameters, but take several times as long to train on a processor.
 */
final class ResidualStages {
  private final List<NamedLayer> layers = new ArrayList<>();
  private int channels = 1;

  ResidualStages() {
    layers.add(
        new NamedLayer(
            "input", new GrayInput(false, GrayInput.Scale.SYMMETRIC, LandmarkNetwork.SIDE)));
  }

  /** Adds a stage with so many residual blocks. */
  void add(int outputs, int blocks) {
    layers.add(
        new NamedLayer(
            "half", unit(channels, outputs, 3).stride(2).then(Nonlinearity.RELU).build()));
    for (int block = 0; block < blocks; block++) {
      List<NamedLayer> units =
          List.of(
              new NamedLayer("first", unit(outputs, outputs, 3).then(Nonlinearity.RELU).build()),
              new NamedLayer("second", unit(outputs, outputs, 3).build()));
      layers.add(new NamedLayer("block", new Residual(units, Nonlinearity.RELU)));
    }
    channels = outputs;
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
