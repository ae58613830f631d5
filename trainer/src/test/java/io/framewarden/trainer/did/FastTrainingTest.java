package io.framewarden.trainer.did;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import io.framewarden.trainer.backbone.BackboneKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes training faster may not change what is learnt by more than it says. */
@Tag("slow")
class FastTrainingTest {

  private static final int WARMING = 8;
  private static final int[] PARTNERS = {1, 2, 3, 4, 5, 6, 7, 0};
  private static final LossTargets TARGETS =
      new LossTargets(
          new float[] {0, 1, 0, 1, 0, 1, 0, 1}, new int[] {0, 1, 0, 1, 0, 1, 0, 1}, new float[8][]);

  /**
   * With frozen statistics: those of a batch make noise of a network that was not trained yet,
   * however it is computed.
   */
  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "efficientnet-lite0"})
  void roundedGradientsPointWhereExactOnesDo(String backbone) {
    NetworkConfig exact = config(backbone).toBuilder().frozenStatistics(true).build();
    List<Map<String, float[]>> gradients = new ArrayList<>();
    List<float[]> logits = new ArrayList<>();
    for (boolean rounded : new boolean[] {false, true}) {
      NetworkConfig config = exact.toBuilder().bfloat16(rounded).build();
      try (DidNetwork network = DidNetwork.create(config, 2, 5)) {
        warm(network);
        gradients.add(new TreeMap<>());
        logits.add(train(network, gradients.get(gradients.size() - 1)));
      }
    }
    assertEquals(gradients.get(0).keySet(), gradients.get(1).keySet());
    double[] sums = new double[3];
    gradients.get(0).forEach((path, each) -> add(sums, each, gradients.get(1).get(path)));
    double cosine = sums[0] / Math.sqrt(sums[1] * sums[2]);
    assertTrue(cosine > 0.8 && cosine < 0.9999999, backbone + ": cosine " + cosine);
    assertTrue(!Arrays.equals(logits.get(0), logits.get(1)), "rounded at all");
  }

  @Test
  void aRoundedStepWithBatchStatisticsLearnsToo() {
    NetworkConfig config = config("efficientnet-lite0").toBuilder().bfloat16(true).build();
    try (DidNetwork network = DidNetwork.create(config, 2, 5)) {
      Map<String, float[]> gradients = new TreeMap<>();
      float[] before = statistics(network).get("backbone.02stem_runningMean");
      train(network, gradients);
      assertTrue(gradients.values().stream().allMatch(each -> Double.isFinite(sum(each))));
      assertTrue(sum(gradients.get("backbone.02stem_weight")) > 0);
      float[] after = statistics(network).get("backbone.02stem_runningMean");
      assertTrue(!Arrays.equals(before, after), "statistics are gathered");
    }
  }

  private static void add(double[] sums, float[] one, float[] other) {
    for (int i = 0; i < one.length; i++) {
      sums[0] += (double) one[i] * other[i];
      sums[1] += (double) one[i] * one[i];
      sums[2] += (double) other[i] * other[i];
    }
  }

  @Test
  void aRoundedStepLeavesNothingBehind() {
    NetworkConfig config = config("efficientnet-lite0").toBuilder().bfloat16(true).build();
    try (DidNetwork network = DidNetwork.create(config, 2, 5)) {
      train(network, new TreeMap<>());
      int before = network.manager().getManagedArrays().size();
      train(network, new TreeMap<>());
      assertEquals(before, network.manager().getManagedArrays().size());
      for (Parameter parameter : network.parameters().values()) {
        assertEquals(DataType.FLOAT32, parameter.getArray().getDataType());
      }
    }
  }

  @Test
  void frozenStatisticsStayAndScoresAreThoseOfInference() {
    for (String backbone : new String[] {"resnet18", "efficientnet-lite0"}) {
      NetworkConfig config = config(backbone).toBuilder().frozenStatistics(true).build();
      try (DidNetwork network = DidNetwork.create(config, 2, 5)) {
        warm(network);
        float[] inferred = new DidScorer(network).score(faces()).logits();
        Map<String, float[]> before = statistics(network);
        Map<String, float[]> gradients = new TreeMap<>();
        float[] logits = train(network, gradients);
        float scale = 0;
        for (float logit : inferred) {
          scale = Math.max(scale, Math.abs(logit));
        }
        assertArrayEquals(inferred, logits, 1e-4f * scale, backbone);
        Map<String, float[]> after = statistics(network);
        before.forEach((path, values) -> assertArrayEquals(values, after.get(path), path));
        for (String learnt : new String[] {"weight", "gamma", "beta"}) {
          assertTrue(
              gradients.entrySet().stream()
                  .filter(entry -> entry.getKey().matches("backbone.*" + learnt))
                  .allMatch(entry -> sum(entry.getValue()) > 0),
              learnt);
        }
      }
    }
  }

  @Test
  void aFrozenStepLeavesNothingBehind() {
    NetworkConfig config = config("efficientnet-lite0").toBuilder().frozenStatistics(true).build();
    try (DidNetwork network = DidNetwork.create(config, 2, 5)) {
      train(network, new TreeMap<>());
      int before = network.manager().getManagedArrays().size();
      train(network, new TreeMap<>());
      assertEquals(before, network.manager().getManagedArrays().size());
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  /** Statistics that are not the 0 and 1 that they begin with. */
  private static void warm(DidNetwork network) {
    NetworkConfig config = network.config().toBuilder().frozenStatistics(false).build();
    try (DidNetwork trained = DidNetwork.create(config, 2, 5)) {
      for (int i = 0; i < WARMING; i++) {
        train(trained, new TreeMap<>());
      }
      trained
          .parameters()
          .forEach(
              (path, parameter) ->
                  TensorValues.copy(
                      parameter.getArray(), network.parameters().get(path).getArray()));
    }
  }

  private static Map<String, float[]> statistics(DidNetwork network) {
    Map<String, float[]> statistics = new TreeMap<>();
    network
        .parameters()
        .forEach(
            (path, parameter) -> {
              if (path.contains("running")) {
                statistics.put(path, parameter.getArray().toFloatArray());
              }
            });
    return statistics;
  }

  private static NetworkConfig config(String backbone) {
    BackboneKind kind = BackboneKind.of(backbone);
    return NetworkConfig.small().on(kind, kind.supportedWidth(0.25)).plain().toBuilder()
        .side(64)
        .hidden(8)
        .build();
  }

  /** The logits of a forward pass, whose gradients are put into the map. */
  private static float[] train(DidNetwork network, Map<String, float[]> gradients) {
    try (NDManager scope = network.manager().newSubManager();
        GradientMode enabled = GradientMode.enable()) {
      byte[][] faces = faces();
      DidOutputs outputs =
          network.train(FaceTensors.of(scope, faces, 0, faces.length), 1, PARTNERS);
      outputs.backward(new DidLoss(LossConfig.paper()).of(outputs, TARGETS).total());
      network
          .parameters()
          .forEach(
              (path, parameter) -> {
                if (parameter.requiresGradient() && parameter.getArray().hasGradient()) {
                  try (NDArray gradient = parameter.getArray().getGradient()) {
                    gradients.put(path, gradient.toFloatArray());
                  }
                }
              });
      return outputs.logits().toFloatArray();
    }
  }

  private static byte[][] faces() {
    byte[][] faces = new byte[8][64 * 64];
    SplittableRandom random = new SplittableRandom(3);
    for (byte[] face : faces) {
      random.nextBytes(face);
    }
    return faces;
  }
}
