package io.framewarden.trainer.backbone;

import io.framewarden.trainer.backbone.MobileBlocks.Stage;
import java.util.List;

/**
 * EfficientNets (Tan, Le: EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks,
 * 2019): table 1's B0, made wider and deeper. Channels are rounded to multiples of 8, never by more
 * than a tenth down; repetitions are rounded up. The last 1x1 unit of the table belongs to the
 * backbone. Dropout and stochastic depth are left out.
 */
final class EfficientNets {

  private static final int STEM = 32;
  private static final int HEAD = 1280;
  private static final int MULTIPLE = 8;

  private static final List<Stage> B0 =
      List.of(
          new Stage(false, 1, 3, 1, 16, 1),
          new Stage(false, 6, 3, 2, 24, 2),
          new Stage(false, 6, 5, 2, 40, 2),
          new Stage(false, 6, 3, 2, 80, 3),
          new Stage(false, 6, 5, 1, 112, 3),
          new Stage(false, 6, 5, 2, 192, 4),
          new Stage(false, 6, 3, 1, 320, 1));

  private EfficientNets() {}

  static Architecture b3(Architecture.Input input) {
    return scaled(input, 1.2, 1.4);
  }

  static Architecture b4(Architecture.Input input) {
    return scaled(input, 1.4, 1.8);
  }

  private static Architecture scaled(Architecture.Input input, double width, double depth) {
    MobileBlocks blocks =
        new MobileBlocks(Normalization.EFFICIENT_NET, input.channels(), wide(STEM, width));
    for (Stage stage : B0) {
      blocks.add(
          new Stage(
              stage.fused(),
              stage.expansion(),
              stage.kernel(),
              stage.stride(),
              wide(stage.outputs(), width),
              (int) Math.ceil(stage.blocks() * depth)));
    }
    return blocks.end(wide(HEAD, width));
  }

  static int wide(int channels, double width) {
    double exact = channels * width;
    int rounded = Math.max(MULTIPLE, (int) (exact + MULTIPLE / 2.0) / MULTIPLE * MULTIPLE);
    return rounded < 0.9 * exact ? rounded + MULTIPLE : rounded;
  }
}
