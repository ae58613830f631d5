package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.FaceTensors;
import io.framewarden.trainer.did.NetworkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Features of a drawn gray face against those that efficientnet-lite-pytorch 0.1.0 computes with
 * the published weights, for 160 pixels. The weights are not part of the project: the property
 * {@code framewarden.weights} names a folder with the packages' {@code .pth} files.
 */
@Tag("slow")
class EfficientNetLiteTest {

  private static final int SIDE = 160;
  private static final int GROUPS = 8;

  /** Means of eight groups of 160 channels, then of all channels in the first and last cell. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.29684 0.30169 0.22384 0.23281 0.26988 0.28051 0.24551 0.14698 0.06582 0.04954",
    "1, 0.22664 0.31224 0.25298 0.27761 0.21564 0.26445 0.34196 0.18787 0.18537 0.02756",
    "2, 0.28011 0.31726 0.28640 0.27012 0.38312 0.24721 0.32591 0.28076 0.27028 0.01451"
  })
  void featuresAreThePublishedNets(int number, String published) throws IOException {
    NetworkConfig config =
        NetworkConfig.small().plain().toBuilder()
            .width(1)
            .highPass(false)
            .side(SIDE)
            .backbone(BackboneKind.of("efficientnet-lite" + number))
            .build();
    Path weights = weights(number);
    try (DidNetwork network = DidNetwork.create(config, 2, 1);
        NDManager scope = network.manager().newSubManager()) {
      PretrainedBackbone.load(weights, network.backbone());
      NDArray faces = FaceTensors.of(scope, new byte[][] {face()}, 0, 1);
      NDArray features =
          network.backbone().apply(new ParameterStore(scope, false), faces, false).squeeze(0);
      List<Double> expected = Stream.of(published.split(" ")).map(Double::valueOf).toList();
      float[] means = features.reshape(GROUPS, -1).mean(new int[] {1}).toFloatArray();
      for (int i = 0; i < GROUPS; i++) {
        assertEquals(expected.get(i), means[i], 2e-5, "group " + i);
      }
      int last = SIDE / network.backbone().stride() - 1;
      NDArray first = features.get(":, 0, 0");
      assertEquals(expected.get(GROUPS), first.mean().getFloat(), 2e-5, "first cell");
      NDArray corner = features.get(":, {}, {}", last, last);
      assertEquals(expected.get(GROUPS + 1), corner.mean().getFloat(), 2e-5, "last cell");
    }
  }

  private static Path weights(int number) throws IOException {
    String folder = System.getProperty("framewarden.weights", "");
    assumeTrue(!folder.isEmpty(), "the property framewarden.weights names no folder of weights");
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("efficientnet-lite" + number))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Nothing like a face, but whole numbers that any language draws alike. */
  private static byte[] face() {
    byte[] face = new byte[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int tile = (x / 16 + y / 24) % 2;
        face[y * SIDE + x] = (byte) ((x * 7 + y * 13 + x * y / 5 + 40 * tile) % 256);
      }
    }
    return face;
  }
}
