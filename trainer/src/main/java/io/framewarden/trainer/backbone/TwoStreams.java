package io.framewarden.trainer.backbone;

import java.util.List;

/** Two layers side by side: one on the first channels, one on the rest; both results together. */
public final class TwoStreams extends GraphLayer {

  private final int split;
  private final GraphLayer first;
  private final GraphLayer second;

  /** The first layer takes the first {@code split} channels, the second as many again. */
  public TwoStreams(int split, GraphLayer first, GraphLayer second) {
    this.split = split;
    this.first = part("first", first);
    this.second = part("second", second);
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    return operations.concatenation(
        List.of(
            first.describe(operations, operations.channels(x, 0, split)),
            second.describe(operations, operations.channels(x, split, 2 * split))));
  }
}
