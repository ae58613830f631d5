package io.framewarden.trainer.backbone;

import java.util.List;

/**
 * A residual block: {@code nonlinearity(layers(x) + shortcut(x))}. Stochastic depth, which some
 * papers train with, is left out.
 */
public final class Residual extends Layer {

  private final List<Layer> layers;
  private final Layer shortcut;
  private final Nonlinearity after;

  /** A block of layers, first to last, whose shortcut is the identity. */
  public Residual(List<NamedLayer> layers, Nonlinearity after) {
    this(layers, new Sequential(List.of()), after);
  }

  /**
   * A block.
   *
   * @param layers first to last
   * @param shortcut what the input goes through beside them
   * @param after what the sum goes through
   */
  public Residual(List<NamedLayer> layers, Layer shortcut, Nonlinearity after) {
    this.layers = layers.stream().map(named -> part(named.name(), named.layer())).toList();
    this.shortcut = part("shortcut", shortcut);
    this.after = after;
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    V residue = x;
    for (Layer layer : layers) {
      residue = layer.describe(operations, residue);
    }
    V sum = operations.add(residue, shortcut.describe(operations, x));
    return after == Nonlinearity.NONE ? sum : operations.nonlinearity(after, sum);
  }
}
