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
        new NamedLayer(
            "stem",
            ConvUnit.of(inputs, stem, 3)
                .stride(2)
                .normalized(norm)
                .then(SILU)
                .stem(ConvUnit.Stem.GRAY)
                .published("features.0.0", "features.0.1")
                .published("conv_stem", "bn1")
                .build()));
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
    ConvUnit first =
        ConvUnit.of(channels, expanded ? inner : stage.outputs(), stage.kernel())
            .stride(stride)
            .normalized(norm)
            .then(SILU)
            .published(torchvision + "0.0", torchvision + "0.1")
            .published(timm + (expanded ? "conv_exp" : "conv"), timm + "bn1")
            .build();
    if (!expanded) {
      return List.of(new NamedLayer("only", first));
    }
    ConvUnit project =
        ConvUnit.of(inner, stage.outputs(), 1)
            .normalized(norm)
            .published(torchvision + "1.0", torchvision + "1.1")
            .published(timm + "conv_pwl", timm + "bn2")
            .build();
    return List.of(new NamedLayer("expand", first), new NamedLayer("project", project));
  }

  private List<NamedLayer> separated(Stage stage, int stride, String torchvision, String timm) {
    int inner = channels * stage.expansion();
    boolean expanded = stage.expansion() > 1;
    int place = 0;
    List<NamedLayer> units = new ArrayList<>();
    if (expanded) {
      units.add(
          new NamedLayer(
              "expand",
              ConvUnit.of(channels, inner, 1)
                  .normalized(norm)
                  .then(SILU)
                  .published(torchvision + "0.0", torchvision + "0.1")
                  .published(timm + "conv_pw", timm + "bn1")
                  .build()));
      place++;
    }
    units.add(
        new NamedLayer(
            "depthwise",
            ConvUnit.of(inner, inner, stage.kernel())
                .depthwise()
                .stride(stride)
                .normalized(norm)
                .then(SILU)
                .published(torchvision + place + ".0", torchvision + place + ".1")
                .published(timm + "conv_dw", timm + (expanded ? "bn2" : "bn1"))
                .build()));
    units.add(
        new NamedLayer("gate", gate(inner, torchvision + (place + 1) + ".fc", timm + "se.conv_")));
    units.add(
        new NamedLayer(
            "project",
            ConvUnit.of(inner, stage.outputs(), 1)
                .normalized(norm)
                .published(torchvision + (place + 2) + ".0", torchvision + (place + 2) + ".1")
                .published(
                    timm + (expanded ? "conv_pwl" : "conv_pw"), timm + (expanded ? "bn3" : "bn2"))
                .build()));
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

  /** Ends with a 1x1 unit, whose channels are the feature map's. */
  Architecture end(int outputs) {
    String torchvision = "features." + (stages + 1) + ".";
    layers.add(
        new NamedLayer(
            "head",
            ConvUnit.of(channels, outputs, 1)
                .normalized(norm)
                .then(SILU)
                .published(torchvision + "0", torchvision + "1")
                .published("conv_head", "bn2")
                .build()));
    return new Architecture(layers, outputs, List.of("classifier."));
  }
}
