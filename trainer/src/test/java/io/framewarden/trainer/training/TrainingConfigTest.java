package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.did.BetaOn;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.DomainBranch;
import io.framewarden.trainer.did.LossConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** p = e / E with e from 1 to E = 20 epochs of 6,000 steps. */
  @Test
  void betaGrowsFromEpochToEpochAndIsNeverNothing() {
    TrainingConfig paper = TrainingConfig.paper(20, 1);
    assertEquals(2 / (1 + Math.exp(-5.0 / 20)) - 1, paper.beta(0), 1e-12);
    assertEquals(paper.beta(0), paper.beta(5_999), 0);
    assertEquals(2 / (1 + Math.exp(-10.0 / 20)) - 1, paper.beta(6_000), 1e-12);
    assertEquals(0.9866, paper.beta(119_999), 1e-4);
  }

  @Test
  void betaSlowsDownWhatItIsOn() {
    assertEquals(0.3, BetaOn.FEATURES.onFeatures(0.3));
    assertEquals(1, BetaOn.FEATURES.onEstimator(0.3));
    assertEquals(1, BetaOn.ESTIMATOR.onFeatures(0.3));
    assertEquals(0.3, BetaOn.ESTIMATOR.onEstimator(0.3));
    assertEquals(0.3, BetaOn.BOTH.onFeatures(0.3));
    assertEquals(0.3, BetaOn.BOTH.onEstimator(0.3));
  }

  @Test
  void onTheEstimatorItMakesTheEstimatorsStepShorter() {
    double whole = firstStep(BetaOn.FEATURES);
    assertTrue(whole > 0);
    double beta = TinyRuns.recipe(10, 10).beta(0);
    assertEquals(beta, firstStep(BetaOn.ESTIMATOR) / whole, 1e-3);
    assertEquals(beta, firstStep(BetaOn.BOTH) / whole, 1e-3);
  }

  /** The longest way that a bias of T goes in a first step: Adam's rate, whatever the gradient. */
  private static double firstStep(BetaOn betaOn) {
    LossConfig loss = LossConfig.builder().betaOn(betaOn).build();
    TrainingConfig config = TinyRuns.recipe(TinyRuns.NETWORK, loss, 10, 10);
    try (DidNetwork network = DidNetwork.create(config.network(), 3, 7);
        TrainingSteps steps = new TrainingSteps(network, config, List.of())) {
      NDArray bias =
          network.parameters().entrySet().stream()
              .filter(entry -> entry.getKey().startsWith("estimator."))
              .map(entry -> entry.getValue().getArray())
              .filter(array -> array.size() == 1)
              .findFirst()
              .orElseThrow();
      float before = bias.getFloat(0);
      steps.step(0, TinyRuns.batch(0));
      return Math.abs(bias.getFloat(0) - before);
    }
  }

  @Test
  void aCheckpointsRecipeOfBeforeTheChoicesIsReadAsItWas() throws IOException {
    TrainingConfig config = TrainingConfig.paper(20, 1);
    for (boolean whole : new boolean[] {true, false}) {
      ObjectNode stored = JSON.valueToTree(config);
      ObjectNode network = (ObjectNode) stored.get("network");
      network.remove("domainBranch");
      network.put("domainAttention", whole);
      ((ObjectNode) stored.get("loss")).remove("betaOn");
      DomainBranch branch = whole ? DomainBranch.ATTENTION : DomainBranch.NONE;
      assertEquals(
          new TrainingConfig(
              config.network().with(branch), config.loss(), config.optimizer(), config.schedule()),
          JSON.readValue(JSON.writeValueAsBytes(stored), TrainingConfig.class));
    }
  }
}
