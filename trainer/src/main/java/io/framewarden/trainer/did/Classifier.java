package io.framewarden.trainer.did;

import io.framewarden.trainer.backbone.Dense;
import io.framewarden.trainer.backbone.Layer;
import io.framewarden.trainer.backbone.Nonlinearity;
import io.framewarden.trainer.backbone.Operations;

/**
 * A classifier on a feature map (n, c, h, w): global average, fully connected layer, ReLU, fully
 * connected layer, to (n, outputs) raw logits. With one output, the higher the more likely fake, it
 * is C, the deepfake classifier; with k + 1 outputs it is C_bar, the domain classifier (0 = real,
 * 1..k = forgery methods).
 */
final class Classifier extends Layer {

  private final Dense first;
  private final Dense second;

  /**
   * A classifier whose parameters are still to be initialised.
   *
   * @param channels of the feature map
   * @param hidden width between the two layers
   * @param outputs 1, or k + 1 for the domains
   */
  Classifier(int channels, int hidden, int outputs) {
    first = part("first", new Dense(channels, hidden));
    second = part("second", new Dense(hidden, outputs));
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    V pooled = operations.flatten(operations.globalAverage(x));
    V hidden = operations.nonlinearity(Nonlinearity.RELU, first.describe(operations, pooled));
    return second.describe(operations, hidden);
  }
}
