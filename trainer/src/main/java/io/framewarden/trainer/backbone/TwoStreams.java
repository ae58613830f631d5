package io.framewarden.trainer.backbone;

import java.util.List;

/** Two layers side by side: one on the first channels, one on the rest; both results together. */
public final class TwoStreams extends Layer {

  private final int split;
  private final Layer first;
  private final Layer second;

  /** The first layer takes the first {@code split} channels, the second as many again. */
  public TwoStreams(int split, Layer first, Layer second) {
    this.split = split;
    this.first = part("first", first);
    this.second = part("second", second);
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    return operations.concat(
        List.of(
            first.describe(operations, operations.sliceChannels(x, 0, split)),
            second.describe(operations, operations.sliceChannels(x, split, 2 * split))));
  }
}
