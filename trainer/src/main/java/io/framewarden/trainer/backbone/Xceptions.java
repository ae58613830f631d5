package io.framewarden.trainer.backbone;

import static io.framewarden.trainer.backbone.Nonlinearity.NONE;
import static io.framewarden.trainer.backbone.Nonlinearity.RELU;
import static io.framewarden.trainer.backbone.Normalization.STANDARD;

import java.util.ArrayList;
import java.util.List;

/**
 * Xception (Chollet: Xception: Deep Learning with Depthwise Separable Convolutions, 2016, figure
 * 5). The first two convolutions are unpadded, as published; a 224 pixel face still gives a 7x7
 * map. Names are timm's.
 */
final class Xceptions {

  /** Channels of the feature map. */
  static final int CHANNELS = 2048;

  /** Channels after the first convolution. */
  static final int FIRST = 32;

  private static final int MIDDLE = 728;

  private Xceptions() {}

  static Architecture xception(Architecture.Input input) {
    List<NamedLayer> layers = new ArrayList<>();
    layers.add(new NamedLayer("stem", first(input.channels(), 2, ConvUnit.Stem.GRAY)));
    layers.addAll(trunk());
    return new Architecture(layers, CHANNELS, List.of("fc."));
  }

  /** The first convolution. */
  static ConvUnit first(int inputs, int stride, ConvUnit.Stem stem) {
    return ConvUnit.of(inputs, FIRST, 3)
        .stride(stride)
        .unpadded()
        .normalized(STANDARD)
        .then(RELU)
        .stem(stem)
        .published("conv1", "bn1")
        .build();
  }

  /** Everything after the first convolution: the second, twelve blocks, two separable units. */
  static List<NamedLayer> trunk() {
    List<NamedLayer> layers = new ArrayList<>();
    layers.add(
        new NamedLayer(
            "second",
            ConvUnit.of(FIRST, 64, 3)
                .unpadded()
                .normalized(STANDARD)
                .then(RELU)
                .published("conv2", "bn2")
                .build()));
    layers.add(block(1, 2, 64, 128, 128));
    layers.add(block(2, 2, 128, 256, 256));
    layers.add(block(3, 2, 256, MIDDLE, MIDDLE));
    for (int number = 4; number <= 11; number++) {
      layers.add(block(number, 1, MIDDLE, MIDDLE, MIDDLE, MIDDLE));
    }
    layers.add(block(12, 2, MIDDLE, MIDDLE, 1024));
    layers.add(new NamedLayer("separable", separable("conv3", "bn3", 1024, 1536, RELU)));
    layers.add(new NamedLayer("separable", separable("conv4", "bn4", 1536, CHANNELS, RELU)));
    return layers;
  }

  /** A block of separable units from the first number of channels to the last. */
  private static NamedLayer block(int number, int stride, int... channels) {
    String published = "block" + number + ".";
    List<NamedLayer> layers = new ArrayList<>();
    // Published files number nonlinearities, separable convolutions and normalisations in one row;
    // the first block begins without a nonlinearity.
    int place = 0;
    for (int i = 1; i < channels.length; i++) {
      if (number > 1 || i > 1) {
        layers.add(new NamedLayer("relu", new NonlinearLayer(RELU)));
        place++;
      }
      String rep = published + "rep.";
      layers.add(
          new NamedLayer(
              "separable",
              separable(rep + place, rep + (place + 1), channels[i - 1], channels[i], NONE)));
      place += 2;
    }
    if (stride > 1) {
      layers.add(new NamedLayer("pool", new MaxPool(3, stride, 1)));
    }
    int outputs = channels[channels.length - 1];
    if (stride == 1) {
      return new NamedLayer("block", new Residual(layers, NONE));
    }
    ConvUnit shortcut =
        ConvUnit.of(channels[0], outputs, 1)
            .stride(stride)
            .normalized(STANDARD)
            .published(published + "skip", published + "skipbn")
            .build();
    return new NamedLayer("block", new Residual(layers, shortcut, NONE));
  }

  /** A 3x3 depthwise convolution and a 1x1 one, normalised together. */
  private static Sequential separable(
      String convolution, String norm, int inputs, int outputs, Nonlinearity then) {
    return new Sequential(
        List.of(
            new NamedLayer(
                "depthwise",
                ConvUnit.of(inputs, inputs, 3)
                    .depthwise()
                    .published(convolution + ".conv1", "")
                    .build()),
            new NamedLayer(
                "pointwise",
                ConvUnit.of(inputs, outputs, 1)
                    .normalized(STANDARD)
                    .then(then)
                    .published(convolution + ".pointwise", norm)
                    .build())));
  }
}
