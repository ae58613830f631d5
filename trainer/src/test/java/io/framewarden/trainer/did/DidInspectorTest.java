package io.framewarden.trainer.did;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.framewarden.trainer.training.TinyRuns;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DidInspectorTest {
  private static final byte[][] FACES = faces(18);

  @Test
  void logitsAndAttentionAreTheScorers() {
    try (DidNetwork network = DidNetwork.create(TinyRuns.NETWORK, 3, 5)) {
      FaceScores scores = new DidScorer(network).score(FACES);
      List<FaceExplanation> explanations = new DidInspector(network).inspect(FACES);
      assertEquals(FACES.length, explanations.size());
      for (int i = 0; i < FACES.length; i++) {
        float logit = scores.logits()[i];
        // A few units in the last place: kernels may add in another order where a gradient is kept.
        assertEquals(logit, explanations.get(i).logit(), 1e-5 * Math.max(1, Math.abs(logit)));
        assertArrayEquals(scores.attention()[i], explanations.get(i).attention(), 1e-5f);
      }
    }
  }

  @Test
  void gradCamAgreesWithFiniteDifferences() {
    try (DidNetwork network = DidNetwork.create(TinyRuns.NETWORK, 3, 6);
        NDManager manager = network.manager().newSubManager();
        GradientMode disabled = GradientMode.disable()) {
      FaceExplanation explanation =
          new DidInspector(network).inspect(new byte[][] {FACES[0]}).get(0);
      NDArray map = network.featureMaps(FaceTensors.of(manager, FACES, 0, 1)).forged();
      int cells = network.mapSide() * network.mapSide();
      assertCam(slopes(network, map, cells), map.toFloatArray(), cells, explanation.forgedCam());
    }
  }

  @Test
  void domainBranchIsAbsentWithoutOne() {
    try (DidNetwork network = DidNetwork.create(TinyRuns.NETWORK.plain(), 3, 7)) {
      FaceExplanation explanation = new DidInspector(network).inspect(FACES).get(17);
      assertTrue(explanation.domain().isEmpty());
      assertArrayEquals(explanation.backbone(), explanation.forged());
      assertEquals(1, explanation.attention()[0]);
    }
  }

  @Test
  void withoutDomainAttentionTheDomainClassifierSeesAllOfTheRest() {
    NetworkConfig config = TinyRuns.NETWORK.with(DomainBranch.CLASSIFIER);
    try (DidNetwork network = DidNetwork.create(config, 3, 7)) {
      FaceExplanation explanation = new DidInspector(network).inspect(FACES).get(3);
      FaceExplanation.Domain domain = explanation.domain().orElseThrow();
      float[] rest = explanation.backbone().clone();
      for (int i = 0; i < rest.length; i++) {
        rest[i] -= explanation.forged()[i];
      }
      assertArrayEquals(rest, domain.features(), 1e-4f);
      assertEquals(1, domain.attention()[0]);
    }
  }

  @Test
  void domainLogitsHaveOneForEachDomain() {
    try (DidNetwork network = DidNetwork.create(TinyRuns.NETWORK, 3, 8)) {
      FaceExplanation.Domain domain =
          new DidInspector(network).inspect(FACES).get(2).domain().orElseThrow();
      assertEquals(3, domain.logits().length);
      assertTrue(domain.logits()[domain.predicted()] >= domain.logits()[0]);
      assertEquals(network.mapSide() * network.mapSide(), domain.cam().length);
    }
  }

  @Test
  void noGradientIsLeftBehind() {
    try (DidNetwork network = DidNetwork.create(TinyRuns.NETWORK, 3, 9)) {
      new DidInspector(network).inspect(FACES);
      network
          .parameters()
          .forEach(
              (path, parameter) -> {
                if (parameter.getArray().hasGradient()) {
                  try (NDArray gradient = parameter.getArray().getGradient()) {
                    for (float value : gradient.toFloatArray()) {
                      assertEquals(0, value, path);
                    }
                  }
                }
              });
    }
  }

  /** Mean over the map of d logit / d value, for each channel, by central differences. */
  private static double[] slopes(DidNetwork network, NDArray map, int cells) {
    float[] values = map.toFloatArray();
    double[] slopes = new double[values.length / cells];
    float step = 0.05f;
    for (int channel = 0; channel < slopes.length; channel++) {
      double[] logits = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] moved = values.clone();
        for (int cell = 0; cell < cells; cell++) {
          moved[channel * cells + cell] += side == 0 ? step : -step;
        }
        try (NDArray tensor = TensorValues.of(map.getManager(), moved, map.getShape())) {
          logits[side] = network.classify(tensor).toFloatArray()[0];
        }
      }
      slopes[channel] = (logits[0] - logits[1]) / (2 * step) / cells;
    }
    return slopes;
  }

  private static void assertCam(double[] slopes, float[] values, int cells, float[] cam) {
    double[] expected = new double[cells];
    double most = 0;
    for (int cell = 0; cell < cells; cell++) {
      for (int channel = 0; channel < slopes.length; channel++) {
        expected[cell] += slopes[channel] * values[channel * cells + cell];
      }
      expected[cell] = Math.max(0, expected[cell]);
      most = Math.max(most, expected[cell]);
    }
    assertTrue(most > 0, "this network and face have nothing to compare");
    for (int cell = 0; cell < cells; cell++) {
      assertEquals(expected[cell] / most, cam[cell], 0.02);
    }
  }

  private static byte[][] faces(int count) {
    Random random = new Random(3);
    byte[][] faces = new byte[count][TinyRuns.SIDE * TinyRuns.SIDE];
    for (byte[] face : faces) {
      random.nextBytes(face);
    }
    return faces;
  }
}
