package io.framewarden.trainer.did;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.training.TinyRuns;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class GradientCheckpointingTest {

  private static final int[] PARTNERS = {1, 2, 3, 0, 5, 6, 7, 4};

  @ParameterizedTest
  @CsvSource({"resnet18, 0.0625", "resnet50, 0.0625", "efficientnetv2-s, 1"})
  void gradientsAndStatisticsAreThoseOfAPlainStep(String name, double width) {
    NetworkConfig config = TinyRuns.NETWORK.on(BackboneKind.of(name), width);
    Map<String, float[]> plain = afterAStep(config);
    Map<String, float[]> checkpointed = afterAStep(config.withGradientCheckpointing(true));
    assertTrue(plain.size() > 60, "the network has " + plain.size() + " gradients and statistics");
    assertEquals(plain.keySet(), checkpointed.keySet());
    // Shifts before another normalisation have a gradient of zero, which rounding hides.
    float rounding =
        1e-6f
            * plain.values().stream().map(GradientCheckpointingTest::largest).reduce(0f, Math::max);
    plain.forEach(
        (path, values) ->
            assertArrayEquals(
                values, checkpointed.get(path), 1e-4f * largest(values) + rounding, path));
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void nothingStaysBehindAStep() {
    NetworkConfig config = TinyRuns.NETWORK.withGradientCheckpointing(true);
    try (DidNetwork network = DidNetwork.create(config, 3, 5)) {
      step(network);
      int before = network.manager().getManagedArrays().size();
      step(network);
      assertEquals(before, network.manager().getManagedArrays().size());
    }
  }

  /** Gradients of what is learnt, values of what is gathered, by path. */
  private static Map<String, float[]> afterAStep(NetworkConfig config) {
    Map<String, float[]> all = new TreeMap<>();
    try (DidNetwork network = DidNetwork.create(config, 3, 5)) {
      step(network);
      for (Map.Entry<String, Parameter> entry : network.parameters().entrySet()) {
        NDArray array = entry.getValue().getArray();
        if (!entry.getValue().requiresGradient()) {
          all.put(entry.getKey(), array.toFloatArray());
        } else if (array.hasGradient()) {
          all.put(entry.getKey(), array.getGradient().toFloatArray());
        }
      }
    }
    return all;
  }

  private static void step(DidNetwork network) {
    try (NDManager scope = network.manager().newSubManager();
        GradientMode enabled = GradientMode.enable()) {
      byte[][] faces = TinyRuns.batch(3).faces();
      NDArray x = FaceTensors.of(scope, faces, 0, faces.length);
      DidOutputs outputs = network.train(x, 0.5, PARTNERS);
      LossTargets targets =
          new LossTargets(
              new float[] {0, 0, 1, 1, 0, 0, 1, 1},
              new int[] {0, 0, 1, 2, 0, 0, 1, 2},
              new float[8][]);
      outputs.backward(new DidLoss(LossConfig.paper()).of(outputs, targets).total());
    }
  }
}
