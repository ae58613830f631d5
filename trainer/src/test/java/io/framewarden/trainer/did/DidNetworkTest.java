package io.framewarden.trainer.did;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DidNetworkTest {

  private static final NetworkConfig TINY =
      NetworkConfig.small().toBuilder().side(64).width(1.0 / 16).hidden(8).build();
  private static final int[] PARTNERS = {1, 2, 3, 0};
  private static final float[] LABELS = {0, 1, 0, 1};
  private static final int[] DOMAINS = {0, 1, 0, 2};

  @Test
  void outputsHaveTheirShapesAndTheSplitLosesNothing() {
    try (DidNetwork network = DidNetwork.create(TINY, 3, 5);
        NDManager scope = network.manager().newSubManager()) {
      DidOutputs outputs = network.train(faces(scope), 1, PARTNERS);
      Shape map = new Shape(4, 32, 2, 2);
      NDArray mask = outputs.attention().orElseThrow();
      assertEquals(map, mask.getShape());
      assertTrue(mask.min().getFloat() >= 0 && mask.max().getFloat() <= 1);
      assertEquals(new Shape(4), outputs.logits().getShape());
      assertEquals(new Shape(4, 3), outputs.domainLogits().orElseThrow().getShape());
      assertEquals(new Shape(4), outputs.joint().orElseThrow().getShape());
      assertEquals(new Shape(4), outputs.marginal().orElseThrow().getShape());
      NDArray whole = outputs.forged().add(outputs.rest().orElseThrow());
      // The features come back where the mask is not 0: I_df = M_df I.
      NDArray features = outputs.forged().div(mask);
      assertArrayEquals(features.toFloatArray(), whole.toFloatArray(), 1e-3f);
    }
  }

  /** A mask of zeros and ones from the start would learn nothing and hide half of the features. */
  @Test
  void masksBeginInTheMiddle() {
    NetworkConfig config = NetworkConfig.small().toBuilder().width(0.25).hidden(32).build();
    try (DidNetwork network = DidNetwork.create(config, 3, 5);
        NDManager scope = network.manager().newSubManager()) {
      byte[][] faces = new byte[4][224 * 224];
      SplittableRandom random = new SplittableRandom(3);
      for (byte[] face : faces) {
        random.nextBytes(face);
      }
      NDArray batch = FaceTensors.of(scope, faces, 0, 4);
      DidOutputs outputs = network.train(batch, 1, PARTNERS);
      float[] mask = outputs.attention().orElseThrow().toFloatArray();
      int closedOrOpen = 0;
      for (float value : mask) {
        closedOrOpen += value < 0.1 || value > 0.9 ? 1 : 0;
      }
      assertTrue(closedOrOpen < mask.length / 20, closedOrOpen + " of " + mask.length);
    }
  }

  @Test
  void a224PixelFaceGivesASevenBySevenMap() {
    NetworkConfig config =
        TINY.with(DomainBranch.NONE).withoutMutualInformation().toBuilder().side(224).build();
    try (DidNetwork network = DidNetwork.create(config, 2, 5)) {
      FaceScores scores = new DidScorer(network).score(new byte[][] {new byte[224 * 224]});
      assertEquals(7, scores.mapSide());
      assertEquals(49, scores.attention()[0].length);
    }
  }

  @Test
  void everyPartOfTheFullNetworkLearns() {
    Map<String, Double> gradients = gradients(TINY, 1);
    for (String part :
        new String[] {
          "backbone", "attention", "classifier", "domainAttention", "domainClassifier", "estimator"
        }) {
      assertTrue(gradients.get(part) > 0, part + " in " + gradients);
    }
  }

  @Test
  void ablationsRemoveTheirParts() {
    assertEquals(
        Set.of("backbone", "classifier", "attention", "estimator"),
        gradients(TINY.with(DomainBranch.NONE), 1).keySet());
    Map<String, Double> classifierOnly = gradients(TINY.with(DomainBranch.CLASSIFIER), 1);
    assertEquals(
        Set.of("backbone", "classifier", "attention", "domainClassifier", "estimator"),
        classifierOnly.keySet());
    assertTrue(classifierOnly.get("domainClassifier") > 0, classifierOnly.toString());
    assertEquals(
        Set.of("backbone", "classifier", "attention", "domainAttention", "domainClassifier"),
        gradients(TINY.withoutMutualInformation(), 1).keySet());
    assertEquals(Set.of("backbone", "classifier"), gradients(TINY.plain(), 1).keySet());
  }

  @Test
  void aTermOfWeightZeroIsNotComputed() {
    try (DidNetwork network = DidNetwork.create(TINY, 3, 5);
        NDManager scope = network.manager().newSubManager()) {
      DidOutputs outputs = network.train(faces(scope), 1, PARTNERS);
      LossConfig bceOnly = LossConfig.builder().alpha(1).lambdaDec(0).lambdaDom(0).build();
      assertEquals(Set.of("bce"), new DidLoss(bceOnly).of(outputs, targets()).terms().keySet());
      assertEquals(
          Set.of("auc", "domain", "decomposition"),
          new DidLoss(LossConfig.paper().withAlpha(0)).of(outputs, targets()).terms().keySet());
    }
  }

  @Test
  void theReversalTurnsAndScalesTheGradientOfWhatLiesBeforeIt() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        GradientMode enabled = GradientMode.enable()) {
      NDArray x = manager.create(new float[] {1, -2, 3});
      x.setRequiresGradient(true);
      NDArray reversed = GradientReversal.apply(x, 0.25);
      assertArrayEquals(new float[] {1, -2, 3}, reversed.toFloatArray(), 1e-6f);
      GradientMode.backward(reversed.square().sum());
      assertArrayEquals(new float[] {-0.5f, 1, -1.5f}, x.getGradient().toFloatArray(), 1e-5f);
    }
  }

  @Test
  void theReversalsStrengthRisesFromNothingToAlmostOne() {
    assertEquals(0, GradientReversal.beta(0), 1e-12);
    assertEquals(2 / (1 + Math.exp(-2.5)) - 1, GradientReversal.beta(0.5), 1e-12);
    assertEquals(0.9866, GradientReversal.beta(1), 1e-4);
  }

  @Test
  void withoutReversalStrengthTheEstimatorTeachesOnlyItself() {
    LossConfig decompositionOnly =
        LossConfig.builder().lambdaDec(1).lambdaCls(0).lambdaDom(0).build();
    Map<String, Double> silent = gradients(TINY, 0, decompositionOnly);
    assertEquals(0.0, silent.get("backbone"), 1e-12);
    assertTrue(silent.get("estimator") > 0);
    assertTrue(gradients(TINY, 1, decompositionOnly).get("backbone") > 0);
  }

  @Test
  void withoutMarginalPairsTheDecompositionIsNothingAndTeachesNothing() {
    LossConfig decompositionOnly =
        LossConfig.builder().lambdaDec(1).lambdaCls(0).lambdaDom(0).build();
    try (DidNetwork network = DidNetwork.create(TINY, 3, 5);
        NDManager scope = network.manager().newSubManager();
        GradientMode enabled = GradientMode.enable()) {
      DidOutputs outputs = network.train(faces(scope), 1, new int[0]);
      assertTrue(outputs.marginal().isEmpty());
      LossTerms terms = new DidLoss(decompositionOnly).of(outputs, targets());
      assertEquals(0, terms.terms().get("decomposition").getFloat());
      outputs.backward(terms.total());
      network
          .parameters()
          .forEach(
              (path, parameter) -> {
                if (parameter.getArray().hasGradient()) {
                  assertEquals(0, parameter.getArray().getGradient().abs().sum().getFloat(), path);
                }
              });
    }
  }

  @Test
  void theSameSeedGivesTheSameNetwork() {
    byte[][] face = {new byte[64 * 64]};
    face[0][100] = 90;
    float[][] logits = new float[3][];
    for (int i = 0; i < 3; i++) {
      try (DidNetwork network = DidNetwork.create(TINY, 3, i < 2 ? 5 : 6)) {
        logits[i] = new DidScorer(network).score(face).logits();
      }
    }
    assertArrayEquals(logits[0], logits[1]);
    assertTrue(logits[0][0] != logits[2][0]);
  }

  @Test
  void facesOfAnySideAreBroughtToTheNetworks() {
    try (DidNetwork network = DidNetwork.create(TINY, 3, 5)) {
      for (int side : new int[] {64, 50, 90}) {
        byte[][] flat = new byte[1][side * side];
        Arrays.fill(flat[0], (byte) 120);
        FaceScores scores = new DidScorer(network).score(flat);
        assertEquals(2, scores.mapSide());
        // What is flat stays flat, whatever its size.
        float[] expected = new DidScorer(network).score(new byte[][] {grays()}).logits();
        assertArrayEquals(expected, scores.logits(), 1e-4f, "side " + side);
      }
    }
  }

  private static byte[] grays() {
    byte[] flat = new byte[64 * 64];
    Arrays.fill(flat, (byte) 120);
    return flat;
  }

  @Test
  void theMaskHeadLearnsInPlaceOfTheAttentionAndIsTwiceAsFine() {
    NetworkConfig config = TINY.toBuilder().maskHead(true).build();
    LossConfig masksOnly = LossConfig.builder().lambdaCls(0).lambdaDec(0).lambdaDom(0).build();
    try (DidNetwork network = DidNetwork.create(config, 3, 5);
        NDManager scope = network.manager().newSubManager()) {
      assertEquals(4, network.maskSide());
      DidOutputs outputs = network.train(faces(scope), 1, PARTNERS);
      assertEquals(new Shape(4, 1, 4, 4), outputs.maskLogits().orElseThrow().getShape());
    }
    LossTargets targets = new LossTargets(LABELS, DOMAINS, new float[4][16]);
    Map<String, Double> sums = gradients(config, 1, masksOnly.withLambdaMask(1), targets);
    assertTrue(sums.get("maskHead") > 0 && sums.get("backbone") > 0, sums.toString());
    assertEquals(0, sums.get("attention"), sums.toString());
  }

  @Test
  void theMaskHeadIsPartOfTheScoreByItsWeightOnly() {
    NetworkConfig silent = TINY.toBuilder().maskHead(true).build();
    byte[][] face = {grays()};
    face[0][700] = 3;
    float[] logits = new float[3];
    for (int weight = 0; weight < 3; weight++) {
      NetworkConfig config = silent.toBuilder().maskInScore(weight).build();
      try (DidNetwork network = DidNetwork.create(config, 3, 5)) {
        logits[weight] = new DidScorer(network).score(face).logits()[0];
      }
    }
    try (DidNetwork without = DidNetwork.create(TINY, 3, 5)) {
      assertEquals(new DidScorer(without).score(face).logits()[0], logits[0]);
    }
    assertTrue(Math.abs(logits[1] - logits[0]) > 1e-4, logits[0] + " and " + logits[1]);
    assertEquals(2 * (logits[1] - logits[0]), logits[2] - logits[0], 1e-3);
  }

  @Test
  void dropoutHidesPartOfTheChannelsAndKeepsTheirMean() {
    NetworkConfig config = TINY.toBuilder().dropout(0.4).build();
    try (DidNetwork network = DidNetwork.create(config, 3, 5);
        NDManager scope = network.manager().newSubManager()) {
      float[] factors = Dropout.factors(scope, 50, 400, 0.4, 9).toFloatArray();
      int hidden = 0;
      double sum = 0;
      for (float factor : factors) {
        hidden += factor == 0 ? 1 : 0;
        sum += factor;
      }
      assertEquals(0.4, hidden / 20_000.0, 0.02);
      assertEquals(1, sum / 20_000, 0.03);
      NDArray faces = faces(scope);
      float[] plain = network.train(faces, 1, PARTNERS).logits().toFloatArray();
      float[] once = network.train(faces, 1, PARTNERS, 1L).logits().toFloatArray();
      assertArrayEquals(once, network.train(faces, 1, PARTNERS, 1L).logits().toFloatArray(), 1e-5f);
      float[] other = network.train(faces, 1, PARTNERS, 2L).logits().toFloatArray();
      assertTrue(Math.abs(plain[0] - once[0]) > 1e-4 && Math.abs(other[0] - once[0]) > 1e-4);
    }
  }

  @Test
  void aFaceOfAnotherSizeIsNamed() {
    try (DidNetwork network = DidNetwork.create(TINY, 3, 5)) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () -> new DidScorer(network).score(new byte[][] {new byte[64 * 64], new byte[9]}));
      assertTrue(refusal.getMessage().contains("Face 1"), refusal.getMessage());
    }
  }

  private static Map<String, Double> gradients(NetworkConfig config, double beta) {
    return gradients(config, beta, LossConfig.paper());
  }

  private static Map<String, Double> gradients(
      NetworkConfig config, double beta, LossConfig weights) {
    return gradients(config, beta, weights, targets());
  }

  /** Sum of the absolute gradients of each part that the network has. */
  private static Map<String, Double> gradients(
      NetworkConfig config, double beta, LossConfig weights, LossTargets targets) {
    Map<String, Double> sums = new TreeMap<>();
    try (DidNetwork network = DidNetwork.create(config, 3, 5);
        NDManager scope = network.manager().newSubManager();
        GradientMode enabled = GradientMode.enable()) {
      DidOutputs outputs = network.train(faces(scope), beta, PARTNERS);
      GradientMode.backward(new DidLoss(weights).of(outputs, targets).total());
      for (Map.Entry<String, Parameter> entry : network.parameters().entrySet()) {
        NDArray array = entry.getValue().getArray();
        double sum = array.hasGradient() ? array.getGradient().abs().sum().getFloat() : 0;
        sums.merge(entry.getKey().substring(0, entry.getKey().indexOf('.')), sum, Double::sum);
      }
    }
    return sums;
  }

  private static LossTargets targets() {
    return new LossTargets(LABELS, DOMAINS, new float[4][]);
  }

  private static NDArray faces(NDManager manager) {
    return manager.randomUniform(0, 255, new Shape(4, 1, 64, 64));
  }
}
