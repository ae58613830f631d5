package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.nn.Parameter;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.LossConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class WeightAverageTest {

  private static final String WEIGHT = "classifier.01first_weight";
  private static final String STATISTIC = "backbone.02stem_runningMean";

  @TempDir Path folder;

  @Test
  void theAverageFollowsTheWeightsAndIsWhatTrainingEndsWith() throws Exception {
    TrainingConfig config = recipe(0.3, 5);
    try (DidNetwork network = DidNetwork.create(config.network(), 3, config.seed());
        TrainingSteps steps = new TrainingSteps(network, config, List.of())) {
      double weight = value(network, WEIGHT);
      double statistic = value(network, STATISTIC);
      for (int step = 0; step < 5; step++) {
        steps.step(step, TinyRuns.batch(step));
        double kept = Math.min(0.3, (1.0 + step) / (10 + step));
        weight = kept * weight + (1 - kept) * value(network, WEIGHT);
        statistic = kept * statistic + (1 - kept) * value(network, STATISTIC);
      }
      assertTrue(Math.abs(weight - value(network, WEIGHT)) > 1e-5, "it moved");
      steps.finish();
      assertEquals(weight, value(network, WEIGHT), 1e-5);
      assertEquals(statistic, value(network, STATISTIC), 1e-4);
    }
  }

  @Test
  void aCheckpointIsScoredByTheAverageAndTrainedFurtherFromTheWeights() throws Exception {
    float[] straight;
    try (TrainedDid trained = train(recipe(0.9, 6), TinyRuns::batch, folder.resolve("a"))) {
      straight = logits(trained);
    }
    try (TrainedDid loaded = DidCheckpoint.load(latest("a"))) {
      assertArrayEquals(straight, logits(loaded), 1e-5f);
    }
    try (TrainedDid weights = train(recipe(0, 6), TinyRuns::batch, folder.resolve("b"))) {
      float[] last = logits(weights);
      assertTrue(Math.abs(last[0] - straight[0]) > 1e-3, last[0] + " and " + straight[0]);
    }
    BatchSource failing =
        step -> {
          if (step == 4) {
            throw new IllegalStateException("the disk went away");
          }
          return TinyRuns.batch(step);
        };
    assertThrows(
        IllegalStateException.class, () -> train(recipe(0.9, 6), failing, folder.resolve("c")));
    try (TrainedDid resumed = train(recipe(0.9, 6), TinyRuns::batch, folder.resolve("c"))) {
      assertArrayEquals(straight, logits(resumed), 1e-5f);
    }
    // A run that is over gives the average too.
    try (TrainedDid again = train(recipe(0.9, 6), TinyRuns::batch, folder.resolve("c"))) {
      assertArrayEquals(straight, logits(again), 1e-5f);
    }
  }

  @Test
  void dropoutIsDrawnFromTheStep() throws Exception {
    List<List<Float>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      TrainingConfig plain = recipe(0, 2);
      TrainingConfig config =
          new TrainingConfig(
              plain.network().toBuilder().dropout(0.5).build(),
              plain.loss(),
              plain.optimizer(),
              plain.schedule());
      try (DidNetwork network = DidNetwork.create(config.network(), 3, 1);
          TrainingSteps steps = new TrainingSteps(network, config, List.of())) {
        List<Float> losses = new ArrayList<>();
        for (int step = 0; step < 2; step++) {
          Map<String, Float> terms = steps.step(step, TinyRuns.batch(0));
          losses.add(terms.get("bce"));
        }
        runs.add(losses);
      }
    }
    assertEquals(runs.get(0).get(0), runs.get(1).get(0), 1e-6);
    assertEquals(runs.get(0).get(1), runs.get(1).get(1), 1e-4);
  }

  private static TrainingConfig recipe(double decay, long steps) {
    OptimizerConfig optimizer = TinyRuns.OPTIMIZER.toBuilder().emaDecay(decay).build();
    return new TrainingConfig(
        TinyRuns.NETWORK,
        LossConfig.withMasks(),
        optimizer,
        new TrainingSchedule(steps, 1, 8, 3, 7));
  }

  private static TrainedDid train(TrainingConfig config, BatchSource source, Path run)
      throws Exception {
    return Trainer.train(
        config, source, TinyRuns.DOMAINS, run, TrainingListener.NONE, TinyRuns.CPU);
  }

  private Path latest(String run) throws Exception {
    return DidCheckpoint.latest(folder.resolve(run)).orElseThrow();
  }

  private static float[] logits(TrainedDid trained) {
    return trained.scorer().score(TinyRuns.batch(50).faces()).logits();
  }

  private static double value(DidNetwork network, String path) {
    Parameter parameter = network.parameters().get(path);
    return parameter
        .getArray()
        .getFloat(parameter.getShape().dimension() == 1 ? new long[] {0} : new long[] {0, 0});
  }
}
