package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The loss of a batch, {@code L = lambdaDec L_dec + lambdaCls L_cls + lambdaDom L_dom}, and one
 * term more for masks. A term of weight 0, or of a part that the network does not have, is not
 * computed. What is computed belongs to the manager of the network's outputs.
 */
public final class DidLoss {

  private final LossConfig config;

  /** A loss with these weights. One object may serve several threads. */
  public DidLoss(LossConfig config) {
    this.config = config;
  }

  /** The loss of a batch's outputs. */
  public LossTerms of(DidOutputs outputs, LossTargets targets) {
    NDManager manager = outputs.logits().getManager();
    Sum sum = new Sum(manager.zeros(new Shape()));
    sum.add("bce", config.lambdaCls() * config.alpha(), () -> bce(outputs.logits(), targets));
    sum.add("auc", config.lambdaCls() * (1 - config.alpha()), () -> auc(outputs.logits(), targets));
    outputs
        .domainLogits()
        .ifPresent(
            logits -> sum.add("domain", config.lambdaDom(), () -> crossEntropy(logits, targets)));
    outputs
        .joint()
        .ifPresent(
            joint ->
                sum.add(
                    "decomposition",
                    config.lambdaDec(),
                    // T maximises the estimate; the reversal before T makes the rest minimise it.
                    () ->
                        outputs
                            .marginal()
                            .map(marginal -> jensenShannon(joint, marginal).neg())
                            .orElseGet(() -> nothing(joint))));
    outputs
        .maskLogits()
        .map(logits -> (Supplier<NDArray>) () -> MaskLoss.ofLogits(logits, targets))
        .or(() -> outputs.attention().map(mask -> () -> MaskLoss.ofAttention(mask, targets)))
        .ifPresent(loss -> sum.add("mask", config.lambdaMask(), loss));
    return new LossTerms(sum.total, sum.terms);
  }

  /**
   * L_BCE: mean of {@code softplus(x) - x y} over logits x (n), which is -log P of the label; with
   * label smoothing s, y becomes {@code y (1 - s) + s / 2}.
   */
  NDArray bce(NDArray logits, LossTargets targets) {
    float[] wanted = targets.labels().clone();
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (float) (wanted[i] * (1 - config.labelSmoothing()) + config.labelSmoothing() / 2);
    }
    NDArray labels = TensorValues.of(logits.getManager(), wanted, new Shape(wanted.length));
    return Activation.softPlus(logits).sub(logits.mul(labels)).mean();
  }

  /**
   * L_AUC: mean of {@code max(0, margin - (C_i - C_j))^power} over all pairs of a fake i and a real
   * j; 0 for a batch of one class, which has no pairs.
   */
  NDArray auc(NDArray logits, LossTargets targets) {
    int n = targets.labels().length;
    float[] pairs = new float[n * n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (targets.labels()[i] == 1 && targets.labels()[j] == 0) {
          pairs[i * n + j] = 1;
          count++;
        }
      }
    }
    NDManager manager = logits.getManager();
    if (count == 0) {
      return nothing(logits);
    }
    NDArray lead = logits.reshape(n, 1).sub(logits.reshape(1, n));
    NDArray missing = Activation.relu(lead.neg().add((float) config.margin()));
    NDArray weights = TensorValues.of(manager, pairs, new Shape(n, n));
    NDArray penalties = TensorValues.power(missing, config.power()).mul(weights);
    return TensorValues.times(penalties.sum(), 1.0 / count);
  }

  /** L_dom: mean cross-entropy of the softmax over domain logits (n, k + 1). */
  static NDArray crossEntropy(NDArray logits, LossTargets targets) {
    int n = targets.domains().length;
    int classes = Math.toIntExact(logits.getShape().get(1));
    float[] chosen = new float[n * classes];
    for (int i = 0; i < n; i++) {
      if (targets.domains()[i] >= classes) {
        throw new IllegalArgumentException(
            "Face %d is of domain %d, but the network knows 0 to %d"
                .formatted(i, targets.domains()[i], classes - 1));
      }
      chosen[i * classes + targets.domains()[i]] = 1;
    }
    NDArray weights = TensorValues.of(logits.getManager(), chosen, new Shape(n, classes));
    return TensorValues.times(logits.logSoftmax(1).mul(weights).sum(), -1.0 / n);
  }

  /**
   * {@code I_JSD = E_joint[log sigmoid(T)] + E_marginal[log(1 - sigmoid(T))]}: at most 0, and -2
   * log 2 where T does not tell the pairs apart.
   */
  static NDArray jensenShannon(NDArray joint, NDArray marginal) {
    NDArray ofJoint = Activation.softPlus(joint.neg()).mean();
    return ofJoint.add(Activation.softPlus(marginal).mean()).neg();
  }

  /** The term of a batch that has no pairs: 0, with a gradient of 0, as a loss must have one. */
  private static NDArray nothing(NDArray of) {
    return of.sub(of).sum();
  }

  /** The weighted sum as it grows. */
  private static final class Sum {

    private final Map<String, NDArray> terms = new LinkedHashMap<>();
    private NDArray total;

    private Sum(NDArray zero) {
      total = zero;
    }

    private void add(String name, double weight, Supplier<NDArray> term) {
      if (weight > 0) {
        NDArray value = term.get();
        terms.put(name, value);
        total = total.add(TensorValues.times(value, weight));
      }
    }
  }
}
