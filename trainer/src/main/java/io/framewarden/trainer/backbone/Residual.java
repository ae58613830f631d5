package io.framewarden.trainer.backbone;

import java.util.List;
import java.util.Optional;

/**
 * A residual block: {@code nonlinearity(layers(x) + shortcut(x))}. The shortcut is the identity
 * where none is given. Stochastic depth, which some papers train with, is left out.
 */
public final class Residual extends Layer {

  private final List<Layer> layers;
  private final Optional<Layer> shortcut;
  private final Nonlinearity after;

  /** A block of layers, first to last, and what the sum goes through. */
  public Residual(List<NamedLayer> layers, Optional<Layer> shortcut, Nonlinearity after) {
    this.layers = layers.stream().map(named -> part(named.name(), named.layer())).toList();
    this.shortcut = shortcut.map(layer -> part("shortcut", layer));
    this.after = after;
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    V residue = x;
    for (Layer layer : layers) {
      residue = layer.describe(operations, residue);
    }
    V direct = shortcut.isPresent() ? shortcut.get().describe(operations, x) : x;
    V sum = operations.add(residue, direct);
    return after == Nonlinearity.NONE ? sum : operations.nonlinearity(after, sum);
  }
}
