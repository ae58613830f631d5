package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/**
 * L_mask: cross-entropy between what a network says of each cell and the cell's forged part, over
 * the faces whose mask is known; 0 if there is none.
 */
final class MaskLoss {

  private static final float EPSILON = 1e-6f;

  private MaskLoss() {}

  /** Of the attention M_df (n, c, h, w), whose mean over channels is a cell's probability. */
  static NDArray ofAttention(NDArray attention, LossTargets targets) {
    NDArray mean = attention.mean(new int[] {1}).clip(EPSILON, 1 - EPSILON);
    NDArray p = mean.reshape(mean.getShape().get(0), -1);
    NDArray forged = forged(p, targets);
    NDArray untouched = p.neg().add(1f);
    NDArray likelihood = p.log().mul(forged).add(untouched.log().mul(forged.neg().add(1f)));
    return overKnown(likelihood.neg(), targets);
  }

  /** Of the mask head's logits (n, 1, h, w). */
  static NDArray ofLogits(NDArray logits, LossTargets targets) {
    NDArray x = logits.reshape(logits.getShape().get(0), -1);
    return overKnown(Activation.softPlus(x).sub(x.mul(forged(x, targets))), targets);
  }

  /** The forged part of each cell, in the shape of {@code x}; 0 where it is not known. */
  private static NDArray forged(NDArray x, LossTargets targets) {
    int cells = Math.toIntExact(x.getShape().get(1));
    float[] forged = new float[targets.cellMasks().length * cells];
    for (int i = 0; i < targets.cellMasks().length; i++) {
      if (targets.cellMasks()[i] != null) {
        System.arraycopy(targets.cellMasks()[i], 0, forged, i * cells, cells);
      }
    }
    return TensorValues.of(x.getManager(), forged, x.getShape());
  }

  /** The mean of values (n, cells) over the faces whose mask is known. */
  private static NDArray overKnown(NDArray values, LossTargets targets) {
    int n = targets.cellMasks().length;
    float[] known = new float[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (targets.cellMasks()[i] != null) {
        known[i] = 1;
        count++;
      }
    }
    NDManager manager = values.getManager();
    if (count == 0) {
      return manager.zeros(new Shape());
    }
    NDArray weights = TensorValues.of(manager, known, new Shape(n, 1));
    double cells = values.getShape().get(1);
    return TensorValues.times(values.mul(weights).sum(), 1 / (count * cells));
  }
}
