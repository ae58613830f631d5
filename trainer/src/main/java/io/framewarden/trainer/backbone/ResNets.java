package io.framewarden.trainer.backbone;

import static io.framewarden.trainer.backbone.Nonlinearity.NONE;
import static io.framewarden.trainer.backbone.Nonlinearity.RELU;
import static io.framewarden.trainer.backbone.Normalization.STANDARD;

import java.util.ArrayList;
import java.util.List;

/**
 * ResNets (He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2015, table 1): a 7x7
 * unit of stride 2, a 3x3 maximum of stride 2, and four stages of 64, 128, 256 and 512 channels
 * times a width. Of the bottlenecks, the 3x3 unit has the stride, as in the weights that are in
 * circulation; the paper gave it to the first 1x1 unit.
 */
final class ResNets {

  private static final int[] STAGE_CHANNELS = {64, 128, 256, 512};
  private static final int BOTTLENECK_FACTOR = 4;

  private final Architecture.Input input;
  private final boolean bottlenecks;

  private ResNets(Architecture.Input input, boolean bottlenecks) {
    this.input = input;
    this.bottlenecks = bottlenecks;
  }

  static Architecture resNet18(Architecture.Input input) {
    return new ResNets(input, false).of(2, 2, 2, 2);
  }

  static Architecture resNet34(Architecture.Input input) {
    return new ResNets(input, false).of(3, 4, 6, 3);
  }

  static Architecture resNet50(Architecture.Input input) {
    return new ResNets(input, true).of(3, 4, 6, 3);
  }

  private Architecture of(int... blocksPerStage) {
    int previous = scaled(STAGE_CHANNELS[0]);
    List<NamedLayer> layers = new ArrayList<>();
    layers.add(
        new NamedLayer(
            "stem",
            ConvUnit.of(input.channels(), previous, 7)
                .stride(2)
                .normalized(STANDARD)
                .then(RELU)
                .stem(ConvUnit.Stem.GRAY)
                .published("conv1", "bn1")
                .build()));
    layers.add(new NamedLayer("pool", new MaxPool(3, 2, 1)));
    for (int stage = 0; stage < STAGE_CHANNELS.length; stage++) {
      int inner = scaled(STAGE_CHANNELS[stage]);
      int outputs = bottlenecks ? BOTTLENECK_FACTOR * inner : inner;
      for (int block = 0; block < blocksPerStage[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String published = "layer%d.%d.".formatted(stage + 1, block);
        List<NamedLayer> units =
            bottlenecks
                ? bottleneck(published, previous, inner, outputs, stride)
                : basic(published, previous, outputs, stride);
        layers.add(
            new NamedLayer(
                "block",
                new Residual(units, shortcut(published, previous, outputs, stride), RELU)));
        previous = outputs;
      }
    }
    return new Architecture(layers, previous, List.of("fc."));
  }

  private static List<NamedLayer> basic(String published, int inputs, int outputs, int stride) {
    return List.of(
        new NamedLayer("first", unit(published, 1, inputs, outputs, 3, stride, RELU)),
        new NamedLayer("second", unit(published, 2, outputs, outputs, 3, 1, NONE)));
  }

  private static List<NamedLayer> bottleneck(
      String published, int inputs, int inner, int outputs, int stride) {
    return List.of(
        new NamedLayer("first", unit(published, 1, inputs, inner, 1, 1, RELU)),
        new NamedLayer("second", unit(published, 2, inner, inner, 3, stride, RELU)),
        new NamedLayer("third", unit(published, 3, inner, outputs, 1, 1, NONE)));
  }

  private static ConvUnit unit(
      String published,
      int number,
      int inputs,
      int outputs,
      int kernel,
      int stride,
      Nonlinearity then) {
    return ConvUnit.of(inputs, outputs, kernel)
        .stride(stride)
        .normalized(STANDARD)
        .then(then)
        .published(published + "conv" + number, published + "bn" + number)
        .build();
  }

  /** The identity where size and channels stay. */
  private static Layer shortcut(String published, int inputs, int outputs, int stride) {
    return stride == 1 && inputs == outputs
        ? new Sequential(List.of())
        : ConvUnit.of(inputs, outputs, 1)
            .stride(stride)
            .normalized(STANDARD)
            .published(published + "downsample.0", published + "downsample.1")
            .build();
  }

  private int scaled(int full) {
    return Math.max(4, (int) Math.round(full * input.width()));
  }
}
