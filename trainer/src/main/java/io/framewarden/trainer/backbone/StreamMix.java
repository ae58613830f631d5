package io.framewarden.trainer.backbone;

import java.util.List;

/**
 * Passes features between two streams: {@code a + u(g b)} and {@code b + v(g a)}, with a spatial
 * gate {@code g} computed from both, and a scale and shift for each channel, {@code u} and {@code
 * v}.
 */
public final class StreamMix extends Layer {

  private final ConvUnit gate;
  private final ConvUnit toFirst;
  private final ConvUnit toSecond;

  /** A mix of streams of as many channels as {@code toFirst} has. */
  public StreamMix(ConvUnit gate, ConvUnit toFirst, ConvUnit toSecond) {
    this.gate = part("gate", gate);
    this.toFirst = part("toFirst", toFirst);
    this.toSecond = part("toSecond", toSecond);
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    int half = toFirst.inputs();
    V first = operations.sliceChannels(x, 0, half);
    V second = operations.sliceChannels(x, half, 2 * half);
    V gates = gate.describe(operations, x);
    V fromSecond = toFirst.describe(operations, operations.multiply(second, gates));
    V fromFirst = toSecond.describe(operations, operations.multiply(first, gates));
    return operations.concat(
        List.of(operations.add(first, fromSecond), operations.add(second, fromFirst)));
  }
}
