package io.framewarden.trainer.did;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DidLossTest {

  private static final float[] LOGITS = {0.3f, -0.4f, 1.2f, 0.25f, -2f};
  private static final float[] LABELS = {1, 0, 1, 0, 1};
  private static final int[] DOMAINS = {1, 0, 2, 0, 1};

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final DidLoss loss = new DidLoss(LossConfig.paper());

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void crossEntropyOfTheLabelIsMinusTheLogOfItsProbability() {
    double expected = 0;
    for (int i = 0; i < LOGITS.length; i++) {
      double p = 1 / (1 + Math.exp(-LOGITS[i]));
      expected -= Math.log(LABELS[i] == 1 ? p : 1 - p) / LOGITS.length;
    }
    assertEquals(expected, value(x -> loss.bce(x, targets()), LOGITS), 1e-5);
    checkGradient(x -> loss.bce(x, targets()), LOGITS, 5);
  }

  @Test
  void crossEntropyStaysFiniteForExtremeLogits() {
    LossTargets wrong = targets(new float[] {0, 1}, new int[] {0, 1});
    assertEquals(500, value(x -> loss.bce(x, wrong), new float[] {500, -500}), 1e-3);
  }

  @Test
  void aucLossIsTheMeanOverEveryPair() {
    double expected = 0;
    int pairs = 0;
    for (int i = 0; i < LOGITS.length; i++) {
      for (int j = 0; j < LOGITS.length; j++) {
        if (LABELS[i] == 1 && LABELS[j] == 0) {
          expected += Math.pow(Math.max(0, 0.15 - (LOGITS[i] - LOGITS[j])), 2);
          pairs++;
        }
      }
    }
    assertEquals(expected / pairs, value(x -> loss.auc(x, targets()), LOGITS), 1e-5);
    checkGradient(x -> loss.auc(x, targets()), LOGITS, 5);
  }

  @Test
  void aBatchOfOneClassHasNoAucLoss() {
    LossTargets real = targets(new float[5], new int[5]);
    assertEquals(0, value(x -> loss.auc(x, real), LOGITS));
    // Where it is the only term, the step still needs a gradient.
    checkGradient(x -> loss.auc(x, real), LOGITS, 5);
  }

  @Test
  void domainLossIsTheSoftmaxCrossEntropy() {
    float[] logits = {0.1f, 0.9f, -1, 2, 0, 0.5f, 1, 1, 1, -0.3f, 0.2f, 0, 0.7f, -0.7f, 0.1f};
    double expected = 0;
    for (int i = 0; i < 5; i++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += Math.exp(logits[3 * i + k]);
      }
      expected -= Math.log(Math.exp(logits[3 * i + DOMAINS[i]]) / sum) / 5;
    }
    assertEquals(
        expected, value(x -> DidLoss.crossEntropy(x.reshape(5, 3), targets()), logits), 1e-5);
    checkGradient(x -> DidLoss.crossEntropy(x.reshape(5, 3), targets()), logits, 15);
  }

  @Test
  void aDomainThatTheNetworkDoesNotKnowIsNamed() {
    NDArray logits = manager.zeros(new Shape(5, 2));
    assertThrows(IllegalArgumentException.class, () -> DidLoss.crossEntropy(logits, targets()));
  }

  @Test
  void anEstimatorThatTellsNothingGivesMinusTwoLogTwo() {
    NDArray zeros = manager.zeros(new Shape(4));
    assertEquals(-2 * Math.log(2), DidLoss.jensenShannon(zeros, zeros).getFloat(), 1e-6);
  }

  @Test
  void theEstimateIsTheMeanLogLikelihoodOfJointAndMarginal() {
    float[] both = {0.5f, -1, 2, 0.1f, -0.2f, 1};
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      expected += Math.log(1 / (1 + Math.exp(-both[i]))) / 3;
      expected += Math.log(1 - 1 / (1 + Math.exp(-both[i + 3]))) / 3;
    }
    UnaryOperator<NDArray> estimate = x -> DidLoss.jensenShannon(x.get("0:3"), x.get("3:6"));
    assertEquals(expected, value(estimate, both), 1e-5);
    checkGradient(estimate, both, 6);
  }

  @Test
  void theMaskLossLooksAtFacesWithAKnownMaskOnly() {
    // Two faces, two channels, two cells; the mask of the second face is not known.
    float[] attention = {0.2f, 0.6f, 0.4f, 0.8f, 0.9f, 0.9f, 0.9f, 0.9f};
    LossTargets targets =
        new LossTargets(new float[] {1, 1}, new int[] {1, 1}, new float[][] {{0, 1}, null});
    double expected = -(Math.log(1 - 0.3) + Math.log(0.7)) / 2;
    UnaryOperator<NDArray> mask = x -> MaskLoss.ofAttention(x.reshape(2, 2, 1, 2), targets);
    assertEquals(expected, value(mask, attention), 1e-5);
    checkGradient(mask, attention, 8);
  }

  @Test
  void cellsAreTheForgedPartOfTheirPixels() {
    byte[] mask = new byte[16];
    mask[0] = (byte) 255;
    mask[1] = (byte) 255;
    mask[15] = (byte) 255;
    assertArrayEquals(new float[] {0.5f, 0, 0, 0.25f}, LossTargets.cells(mask, 4, 2), 1e-6f);
  }

  @Test
  void aPixelThatTwoCellsShareCountsForBothByItsParts() {
    byte[] mask = new byte[9];
    mask[4] = (byte) 255;
    float quarter = 0.25f / 2.25f;
    assertArrayEquals(
        new float[] {quarter, quarter, quarter, quarter}, LossTargets.cells(mask, 3, 2), 1e-6f);
    byte[] whole = new byte[224 * 224];
    Arrays.fill(whole, (byte) 255);
    float[] ones = new float[100];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, LossTargets.cells(whole, 224, 10), 1e-6f);
  }

  @Test
  void theMaskHeadsLossIsTheCrossEntropyOfItsCells() {
    float[] logits = {2, -1, 0.5f, 7};
    LossTargets targets =
        new LossTargets(new float[] {1, 1}, new int[] {1, 1}, new float[][] {{0.25f, 1}, null});
    double expected = (Math.log1p(Math.exp(2)) - 0.25 * 2 + Math.log1p(Math.exp(-1)) - 1 * -1) / 2;
    UnaryOperator<NDArray> mask = x -> MaskLoss.ofLogits(x.reshape(2, 1, 1, 2), targets);
    assertEquals(expected, value(mask, logits), 1e-5);
    checkGradient(mask, logits, 4);
  }

  @Test
  void aSmoothedLabelWantsALogitThatIsFinite() {
    DidLoss smooth = new DidLoss(LossConfig.builder().labelSmoothing(0.2).build());
    LossTargets fake = targets(new float[] {1}, new int[] {1});
    double wanted = Math.log(0.9 / 0.1);
    double least = value(x -> smooth.bce(x, fake), new float[] {(float) wanted});
    assertEquals(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1), least, 1e-5);
    for (double logit : new double[] {wanted - 0.5, wanted + 0.5, 9}) {
      assertTrue(value(x -> smooth.bce(x, fake), new float[] {(float) logit}) > least + 0.005);
    }
    checkGradient(x -> smooth.bce(x, targets()), LOGITS, 5);
  }

  @Test
  void aRealFaceOfAForgedDomainIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> targets(new float[] {0}, new int[] {2}));
  }

  private static LossTargets targets() {
    return targets(LABELS, DOMAINS);
  }

  private static LossTargets targets(float[] labels, int[] domains) {
    return new LossTargets(labels, domains, new float[labels.length][]);
  }

  private float value(UnaryOperator<NDArray> term, float[] at) {
    try (NDArray x = manager.create(at)) {
      return term.apply(x).getFloat();
    }
  }

  private void checkGradient(UnaryOperator<NDArray> term, float[] at, int size) {
    float[] gradient;
    try (NDArray x = manager.create(at);
        GradientMode enabled = GradientMode.enable()) {
      x.setRequiresGradient(true);
      GradientMode.backward(term.apply(x));
      gradient = x.getGradient().toFloatArray();
    }
    assertEquals(size, gradient.length);
    float step = 1e-2f;
    for (int i = 0; i < size; i++) {
      float[] up = at.clone();
      float[] down = at.clone();
      up[i] += step;
      down[i] -= step;
      double slope = (value(term, up) - value(term, down)) / (2 * step);
      assertEquals(slope, gradient[i], 2e-3, "derivative " + i);
    }
  }
}
