package io.framewarden.trainer.backbone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Counts against published figures: three input channels, 1000 classes. All sources here count a
 * multiplication and its addition once, whatever they call it (torchvision: GFLOPS; timm: GMACs).
 */
class PublishedCostTest {

  private static final int CLASSES = 1000;

  @ParameterizedTest
  @CsvSource({
    // torchvision's tables of weights: num_params, GFLOPS, at the side that they were made for.
    "resnet18, 11689512, 1.814, 224",
    "resnet34, 21797672, 3.664, 224",
    "resnet50, 25557032, 4.089, 224",
    "vgg16-bn, 138365992, 15.470, 224",
    "efficientnet-b3, 12233232, 1.827, 300",
    "efficientnet-b4, 19341616, 4.394, 380",
    "efficientnetv2-s, 21458488, 8.366, 384",
    "efficientnetv2-m, 54139356, 24.582, 480",
    "efficientnetv2-l, 118515272, 56.080, 480",
    // PyPI's efficientnet-lite-pytorch 0.1.0, parameters and layers counted by hooks.
    "efficientnet-lite0, 4652008, 0.3852, 224",
    "efficientnet-lite1, 5416680, 0.5025, 224",
    "efficientnet-lite2, 6092072, 0.5765, 224",
    // timm's card of legacy_xception: 22.9 M, 8.4 GMACs; the exact count is the paper's code's.
    "xception, 22855952, 8.4, 299"
  })
  void countsAreThePublishedOnes(String name, long parameters, double gigaMultiplyAdds, int side) {
    Architecture architecture =
        BackboneKind.of(name).describe(new Architecture.Input(3, 1, 0, side));
    List<Layer> layers = new ArrayList<>();
    architecture.layers().forEach(named -> layers.add(named.layer()));
    layers.addAll(head(name, architecture.channels()));
    Cost cost = Cost.of(layers, new Shape(1, 3, side, side));
    assertEquals(parameters, cost.parameters(), name);
    double relative = cost.multiplyAdds() / 1e9 / gigaMultiplyAdds;
    assertTrue(Math.abs(relative - 1) < 0.01, name + ": " + cost.multiplyAdds());
  }

  /** What is published after the feature map, as convolutions, which cost the same. */
  private static List<Layer> head(String name, int channels) {
    if (name.startsWith("vgg16")) {
      return List.of(
          ConvUnit.of(channels, 4096, 7).unpadded().biased().build(),
          ConvUnit.of(4096, 4096, 1).biased().build(),
          ConvUnit.of(4096, CLASSES, 1).biased().build());
    }
    return List.of(new Average(), ConvUnit.of(channels, CLASSES, 1).biased().build());
  }

  private static final class Average extends Layer {
    @Override
    public <V> V describe(Operations<V> operations, V x) {
      return operations.globalAverage(x);
    }
  }
}
