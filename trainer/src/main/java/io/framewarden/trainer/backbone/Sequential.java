package io.framewarden.trainer.backbone;

import java.util.List;

/** Layers one after the other; the identity without any. */
public final class Sequential extends Layer {

  private final List<Layer> layers;

  /** The layers, first to last. */
  public Sequential(List<NamedLayer> layers) {
    this.layers = layers.stream().map(named -> part(named.name(), named.layer())).toList();
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    V value = x;
    for (Layer layer : layers) {
      value = layer.describe(operations, value);
    }
    return value;
  }
}
