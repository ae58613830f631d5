package io.framewarden.trainer.backbone;

import static io.framewarden.trainer.backbone.Nonlinearity.NONE;
import static io.framewarden.trainer.backbone.Nonlinearity.RELU6;

import java.util.ArrayList;
import java.util.List;

/**
 * EfficientNet-Lite0 to Lite2, as their authors published them for phones (2020): EfficientNet's
 * table of stages with ReLU6 in place of swish and no squeeze and excitation. Stem and last unit
 * keep their channels, and first and last stage their one block, at every scale. Strided
 * convolutions are padded as TensorFlow does. Dropout and stochastic depth are left out.
 *
 * <p>Each unit has its name in the naming of the published PyTorch weights first and in timm's
 * second.
 */
final class EfficientNetLites {

  private static final int STEM = 32;

  /** Channels of the published feature map. */
  static final int FEATURES = 1280;

  private static final List<Stage> B0 =
      List.of(
          new Stage(1, 3, 1, 16, 1),
          new Stage(6, 3, 2, 24, 2),
          new Stage(6, 5, 2, 40, 2),
          new Stage(6, 3, 2, 80, 3),
          new Stage(6, 5, 1, 112, 3),
          new Stage(6, 5, 2, 192, 4),
          new Stage(6, 3, 1, 320, 1));

  private final List<NamedLayer> layers = new ArrayList<>();
  private int channels = STEM;
  private int blocks;

  /** A row of the table: factor on the channels inside a block, kernel, stride of the first. */
  private record Stage(int expansion, int kernel, int stride, int outputs, int blocks) {}

  private EfficientNetLites() {}

  static Architecture lite0(Architecture.Input input) {
    return new EfficientNetLites().scaled(input, 1.0, 1.0);
  }

  static Architecture lite1(Architecture.Input input) {
    return new EfficientNetLites().scaled(input, 1.0, 1.1);
  }

  static Architecture lite2(Architecture.Input input) {
    return new EfficientNetLites().scaled(input, 1.1, 1.2);
  }

  private Architecture scaled(Architecture.Input input, double width, double depth) {
    int features = input.features() > 0 ? input.features() : FEATURES;
    layers.add(
        unit(
            "stem",
            ConvUnit.of(input.channels(), STEM, 3)
                .stride(2)
                .paddedAsTensorFlow()
                .then(RELU6)
                .stem(ConvUnit.Stem.GRAY)
                .published("_conv_stem", "_bn0")
                .published("conv_stem", "bn1")));
    for (int number = 0; number < B0.size(); number++) {
      Stage stage = B0.get(number);
      boolean outer = number == 0 || number == B0.size() - 1;
      int count = outer ? stage.blocks() : (int) Math.ceil(stage.blocks() * depth);
      for (int block = 0; block < count; block++) {
        String timm = "blocks.%d.%d.".formatted(number, block);
        add(stage, EfficientNets.wide(stage.outputs(), width), block == 0, timm);
      }
    }
    layers.add(
        unit(
            "head",
            ConvUnit.of(channels, features, 1)
                .then(RELU6)
                .published("_conv_head", "_bn1")
                .published("conv_head", "bn2")));
    return new Architecture(layers, features, List.of("_fc.", "classifier."));
  }

  private void add(Stage stage, int outputs, boolean first, String timm) {
    String lite = "_blocks.%d.".formatted(blocks++);
    int inner = channels * stage.expansion();
    boolean expanded = stage.expansion() > 1;
    List<NamedLayer> units = new ArrayList<>();
    if (expanded) {
      units.add(
          unit(
              "expand",
              ConvUnit.of(channels, inner, 1)
                  .then(RELU6)
                  .published(lite + "_expand_conv", lite + "_bn0")
                  .published(timm + "conv_pw", timm + "bn1")));
    }
    int stride = first ? stage.stride() : 1;
    units.add(
        unit(
            "depthwise",
            ConvUnit.of(inner, inner, stage.kernel())
                .depthwise()
                .stride(stride)
                .paddedAsTensorFlow()
                .then(RELU6)
                .published(lite + "_depthwise_conv", lite + "_bn1")
                .published(timm + "conv_dw", timm + (expanded ? "bn2" : "bn1"))));
    units.add(
        unit(
            "project",
            ConvUnit.of(inner, outputs, 1)
                .published(lite + "_project_conv", lite + "_bn2")
                .published(
                    timm + (expanded ? "conv_pwl" : "conv_pw"),
                    timm + (expanded ? "bn3" : "bn2"))));
    boolean added = stride == 1 && channels == outputs;
    layers.add(new NamedLayer("block", added ? new Residual(units, NONE) : new Sequential(units)));
    channels = outputs;
  }

  private static NamedLayer unit(String name, ConvUnit.Builder settings) {
    return new NamedLayer(name, settings.normalized(Normalization.EFFICIENT_NET).build());
  }
}
