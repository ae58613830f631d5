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
import io.framewarden.trainer.did.LossTargets;
import io.framewarden.trainer.did.LossTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forward, loss and backward of a batch, or of a part of one, on the device of a network: the
 * gradients are in the network's parameters afterwards, and everything else is freed. The network
 * stays the caller's.
 */
final class BackwardPass {

  /** What {@code total} is called among the terms of the loss. */
  static final String TOTAL = "total";

  private static final long SEED_STRIDE = 1_000_003;
  private static final long PART_STRIDE = 1_000_000_007;

  private final DidNetwork network;
  private final TrainingConfig config;
  private final DidLoss loss;

  BackwardPass(DidNetwork network, TrainingConfig config) {
    this.network = network;
    this.config = config;
    loss = new DidLoss(config.loss());
  }

  /**
   * Computes the gradients.
   *
   * @param part which part of the step's batch this is, from 0
   * @return the terms of the loss by name, and their weighted sum as {@value #TOTAL}
   * @throws NonFiniteLossException before anything of the network is changed
   */
  Map<String, Float> run(long step, int part, FaceBatch batch) {
    LossTargets targets =
        LossTargets.of(
            batch.labels(), batch.domains(), batch.masks(), batch.side(), network.maskSide());
    try (NDManager scope = network.manager().newSubManager();
        GradientMode enabled = GradientMode.enable()) {
      DidOutputs outputs = forward(scope, step, part, batch);
      LossTerms terms = loss.of(outputs, targets);
      Map<String, Float> losses = values(terms);
      check(step, losses, outputs, batch);
      outputs.backward(terms.total());
      return losses;
    }
  }

  private DidOutputs forward(NDManager scope, long step, int part, FaceBatch batch) {
    NDArray faces = FaceTensors.of(scope, batch.faces(), 0, batch.size());
    double beta = config.loss().betaOn().onFeatures(config.beta(step));
    long seed = config.seed() * SEED_STRIDE + step + part * PART_STRIDE;
    Long dropout = network.config().dropout() > 0 ? seed : null;
    return network.train(faces, beta, Derangement.of(batch.origins(), seed), dropout);
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
    losses.put(TOTAL, values[index]);
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
}
