package io.framewarden.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.framewarden.trainer.did.Derangement;
import io.framewarden.trainer.did.DidLoss;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.DidOutputs;
import io.framewarden.trainer.did.FaceTensors;
import io.framewarden.trainer.did.GradientMode;
import io.framewarden.trainer.did.GradientReversal;
import io.framewarden.trainer.did.LossTargets;
import io.framewarden.trainer.did.LossTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of training: forward, loss, backward, update. Owns the optimiser's moments until it is
 * closed; the network stays the caller's. Everything that a step computes is freed at its end.
 */
final class TrainingSteps implements AutoCloseable {

  private final DidNetwork network;
  private final TrainingConfig config;
  private final DidLoss loss;
  private final NDManager manager;
  private final Adam adam;

  TrainingSteps(DidNetwork network, TrainingConfig config) {
    this.network = network;
    this.config = config;
    loss = new DidLoss(config.loss());
    manager = network.manager().newSubManager();
    adam = new Adam(config.optimizer(), config.steps(), network.parameters(), manager);
  }

  /** Takes the moments of a checkpoint. */
  void loadMoments(Path checkpoint) throws IOException {
    DidCheckpoint.loadMoments(checkpoint, adam);
  }

  /** Writes network and moments. */
  void write(Path checkpoint, TrainedDid now) throws IOException {
    DidCheckpoint.write(checkpoint, now, adam);
  }

  /**
   * Trains on one batch.
   *
   * @return the terms of the loss by name, and their weighted sum as {@code total}
   * @throws NonFiniteLossException before anything is updated
   */
  Map<String, Float> step(long step, FaceBatch batch) {
    if (batch.size() != config.batch()) {
      throw new IllegalArgumentException(
          "The batch of step %d has %d faces, the recipe %d"
              .formatted(step, batch.size(), config.batch()));
    }
    LossTargets targets =
        LossTargets.of(
            batch.labels(), batch.domains(), batch.masks(), batch.side(), network.mapSide());
    Map<String, Float> losses;
    try (NDManager scope = manager.newSubManager();
        GradientMode recorded = GradientMode.recorded()) {
      DidOutputs outputs = forward(scope, step, batch);
      LossTerms terms = loss.of(outputs, targets);
      losses = values(terms);
      check(step, losses, outputs, batch);
      GradientMode.backward(terms.total());
    }
    adam.brokenGradient()
        .ifPresent(
            broken -> {
              String term = "gradient of " + broken.getKey();
              throw new NonFiniteLossException(step, term, broken.getValue(), batch.sources());
            });
    adam.step(step);
    return losses;
  }

  private DidOutputs forward(NDManager scope, long step, FaceBatch batch) {
    NDArray faces = FaceTensors.of(scope, batch.faces(), 0, batch.size(), network.config().side());
    double beta = GradientReversal.beta(config.epochsDone(step));
    int[] partners = Derangement.of(batch.size(), config.seed() * 1_000_003 + step);
    return network.train(faces, beta, partners);
  }

  private static Map<String, Float> values(LossTerms terms) {
    NDList scalars = new NDList(terms.terms().values());
    scalars.add(terms.total());
    float[] values = NDArrays.stack(scalars).toFloatArray();
    Map<String, Float> losses = new LinkedHashMap<>();
    int index = 0;
    for (String name : terms.terms().keySet()) {
      losses.put(name, values[index++]);
    }
    losses.put("total", values[index]);
    return losses;
  }

  private static void check(
      long step, Map<String, Float> losses, DidOutputs outputs, FaceBatch batch) {
    losses.forEach(
        (name, value) -> {
          if (!Float.isFinite(value)) {
            throw new NonFiniteLossException(step, name, value, offending(outputs, batch));
          }
        });
  }

  /** The faces whose own logit is no number; all of them where the loss broke after the logits. */
  private static List<String> offending(DidOutputs outputs, FaceBatch batch) {
    float[] logits = outputs.logits().toFloatArray();
    List<String> offending = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i])) {
        offending.add(batch.sources().get(i));
      }
    }
    return offending.isEmpty() ? batch.sources() : offending;
  }

  /** Frees the moments. */
  @Override
  public void close() {
    manager.close();
  }
}
