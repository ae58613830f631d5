package io.framewarden.trainer.did;

import io.framewarden.trainer.backbone.ConvUnit;
import io.framewarden.trainer.backbone.Layer;
import io.framewarden.trainer.backbone.Nonlinearity;
import io.framewarden.trainer.backbone.Operations;

/**
 * A small head on the backbone's map of stride 16, (n, c, h, w), that says for each cell whether it
 * was forged: logits (n, 1, h, w). Twice as fine as I_X, it sees seams that the last map has
 * already summed up.
 */
final class MaskHead extends Layer {

  private static final int HIDDEN = 32;

  /** The part of a map's cells that a score is made of: forgeries cover some of a face. */
  private static final double TOP = 0.15;

  private final ConvUnit hidden;
  private final ConvUnit last;

  /**
   * A head whose parameters are still to be initialised.
   *
   * @param channels of the map
   */
  MaskHead(int channels) {
    hidden =
        part("hidden", ConvUnit.of(channels, HIDDEN, 3).biased().then(Nonlinearity.RELU).build());
    last = part("last", ConvUnit.of(HIDDEN, 1, 1).biased().build());
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    return last.describe(operations, hidden.describe(operations, x));
  }

  /** The mean logit of the cells that look most forged: (n). */
  <V> V score(Operations<V> operations, V detail, int side) {
    int cells = Math.max(1, (int) Math.round(TOP * side * side));
    return operations.squeeze(operations.topMean(describe(operations, detail), cells));
  }
}
