package io.framewarden.trainer.backbone;

import io.framewarden.trainer.backbone.MobileBlocks.Stage;
import java.util.List;

/**
 * EfficientNetV2-S, M and L (Tan, Le: EfficientNetV2: Smaller Models and Faster Training, 2021,
 * table 4 for S; M and L as their authors' code has them). The last 1x1 unit of the table belongs
 * to the backbone. Dropout and stochastic depth are left out.
 */
final class EfficientNetV2s {

  private static final int HEAD = 1280;

  private static final List<Stage> S =
      List.of(
          new Stage(true, 1, 3, 1, 24, 2),
          new Stage(true, 4, 3, 2, 48, 4),
          new Stage(true, 4, 3, 2, 64, 4),
          new Stage(false, 4, 3, 2, 128, 6),
          new Stage(false, 6, 3, 1, 160, 9),
          new Stage(false, 6, 3, 2, 256, 15));

  private static final List<Stage> M =
      List.of(
          new Stage(true, 1, 3, 1, 24, 3),
          new Stage(true, 4, 3, 2, 48, 5),
          new Stage(true, 4, 3, 2, 80, 5),
          new Stage(false, 4, 3, 2, 160, 7),
          new Stage(false, 6, 3, 1, 176, 14),
          new Stage(false, 6, 3, 2, 304, 18),
          new Stage(false, 6, 3, 1, 512, 5));

  private static final List<Stage> L =
      List.of(
          new Stage(true, 1, 3, 1, 32, 4),
          new Stage(true, 4, 3, 2, 64, 7),
          new Stage(true, 4, 3, 2, 96, 7),
          new Stage(false, 4, 3, 2, 192, 10),
          new Stage(false, 6, 3, 1, 224, 19),
          new Stage(false, 6, 3, 2, 384, 25),
          new Stage(false, 6, 3, 1, 640, 7));

  private EfficientNetV2s() {}

  static Architecture small(Architecture.Input input) {
    return of(input, S);
  }

  static Architecture medium(Architecture.Input input) {
    return of(input, M);
  }

  static Architecture large(Architecture.Input input) {
    return of(input, L);
  }

  private static Architecture of(Architecture.Input input, List<Stage> stages) {
    // The stem has as many channels as the first stage.
    MobileBlocks blocks =
        new MobileBlocks(Normalization.EFFICIENT_NET_V2, input.channels(), stages.get(0).outputs());
    stages.forEach(blocks::add);
    return blocks.end(HEAD);
  }
}
