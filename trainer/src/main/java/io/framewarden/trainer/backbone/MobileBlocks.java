package io.framewarden.trainer.backbone;

import static io.framewarden.trainer.backbone.Nonlinearity.NONE;
import static io.framewarden.trainer.backbone.Nonlinearity.SIGMOID;
import static io.framewarden.trainer.backbone.Nonlinearity.SILU;

import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of both EfficientNets. MBConv: a 1x1 expansion, a depthwise convolution, squeeze and
 * excitation, a 1x1 projection. Fused-MBConv: one full convolution in place of the first two, no
 * squeeze and excitation. Where size and channels stay, the input is added to the output.
 *
 * <p>Each unit has its name in torchvision's naming first and in timm's second.
 */
final class MobileBlocks {

  /** The hidden layer of squeeze and excitation, as a part of the block's input channels. */
  private static final int SQUEEZE_DIVISOR = 4;

  private final Normalization norm;
  private final List<NamedLayer> layers = new ArrayList<>();
  private int channels;
  private int stages;

  /** Begins with the 3x3 unit of stride 2. */
  MobileBlocks(Normalization norm, int inputs, int stem) {
    this.norm = norm;
    channels = stem;
    layers.add(
        unit(
            "stem",
            ConvUnit.of(inputs, stem, 3)
                .stride(2)
                .then(SILU)
                .stem(ConvUnit.Stem.GRAY)
                .published("features.0.0", "features.0.1")
                .published("conv_stem", "bn1")));
  }

  /**
   * A row of an architecture's table.
   *
   * @param fused whether its blocks are Fused-MBConv
   * @param expansion factor on the channels inside a block
   * @param stride of the first block
   */
  record Stage(boolean fused, int expansion, int kernel, int stride, int outputs, int blocks) {}

  /** Adds the blocks of a stage. */
  void add(Stage stage) {
    stages++;
    for (int block = 0; block < stage.blocks(); block++) {
      int stride = block == 0 ? stage.stride() : 1;
      String torchvision = "features.%d.%d.block.".formatted(stages, block);
      String timm = "blocks.%d.%d.".formatted(stages - 1, block);
      List<NamedLayer> units =
          stage.fused()
              ? fused(stage, stride, torchvision, timm)
              : separated(stage, stride, torchvision, timm);
      boolean added = stride == 1 && channels == stage.outputs();
      layers.add(
          new NamedLayer("block", added ? new Residual(units, NONE) : new Sequential(units)));
      channels = stage.outputs();
    }
  }

  private List<NamedLayer> fused(Stage stage, int stride, String torchvision, String timm) {
    int inner = channels * stage.expansion();
    boolean expanded = stage.expansion() > 1;
    NamedLayer first =
        unit(
            expanded ? "expand" : "only",
            ConvUnit.of(channels, expanded ? inner : stage.outputs(), stage.kernel())
                .stride(stride)
                .then(SILU)
                .published(torchvision + "0.0", torchvision + "0.1")
                .published(timm + (expanded ? "conv_exp" : "conv"), timm + "bn1"));
    if (!expanded) {
      return List.of(first);
    }
    NamedLayer project =
        unit(
            "project",
            ConvUnit.of(inner, stage.outputs(), 1)
                .published(torchvision + "1.0", torchvision + "1.1")
                .published(timm + "conv_pwl", timm + "bn2"));
    return List.of(first, project);
  }

  private List<NamedLayer> separated(Stage stage, int stride, String torchvision, String timm) {
    int inner = channels * stage.expansion();
    boolean expanded = stage.expansion() > 1;
    int place = expanded ? 1 : 0;
    List<NamedLayer> units = new ArrayList<>();
    if (expanded) {
      units.add(
          unit(
              "expand",
              ConvUnit.of(channels, inner, 1)
                  .then(SILU)
                  .published(torchvision + "0.0", torchvision + "0.1")
                  .published(timm + "conv_pw", timm + "bn1")));
    }
    units.add(
        unit(
            "depthwise",
            ConvUnit.of(inner, inner, stage.kernel())
                .depthwise()
                .stride(stride)
                .then(SILU)
                .published(torchvision + place + ".0", torchvision + place + ".1")
                .published(timm + "conv_dw", timm + "bn" + (place + 1))));
    units.add(
        new NamedLayer("gate", gate(inner, torchvision + (place + 1) + ".fc", timm + "se.conv_")));
    units.add(
        unit(
            "project",
            ConvUnit.of(inner, stage.outputs(), 1)
                .published(torchvision + (place + 2) + ".0", torchvision + (place + 2) + ".1")
                .published(timm + (expanded ? "conv_pwl" : "conv_pw"), timm + "bn" + (place + 2))));
    return units;
  }

  private SqueezeExcite gate(int inner, String torchvision, String timm) {
    int squeezed = Math.max(1, channels / SQUEEZE_DIVISOR);
    return new SqueezeExcite(
        ConvUnit.of(inner, squeezed, 1)
            .biased()
            .then(SILU)
            .published(torchvision + "1", "")
            .published(timm + "reduce", "")
            .build(),
        ConvUnit.of(squeezed, inner, 1)
            .biased()
            .then(SIGMOID)
            .published(torchvision + "2", "")
            .published(timm + "expand", "")
            .build());
  }

  /** A unit with batch normalisation. */
  private NamedLayer unit(String name, ConvUnit.Builder settings) {
    return new NamedLayer(name, settings.normalized(norm).build());
  }

  /** Ends with a 1x1 unit, whose channels are the feature map's. */
  Architecture end(int outputs) {
    String torchvision = "features." + (stages + 1) + ".";
    layers.add(
        unit(
            "head",
            ConvUnit.of(channels, outputs, 1)
                .then(SILU)
                .published(torchvision + "0", torchvision + "1")
                .published("conv_head", "bn2")));
    return new Architecture(layers, outputs, List.of("classifier."));
  }
}
