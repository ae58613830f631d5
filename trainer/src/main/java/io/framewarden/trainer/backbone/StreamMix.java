package io.framewarden.trainer.backbone;

import java.util.List;

/**
 * Lets two streams tell each other where to look: {@code a + u(g b)} and {@code b + v(g a)}, with a
 * gate {@code g} of one value a place that is made of both, and a scale and shift a channel, {@code
 * u} and {@code v}.
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
    V where = gate.describe(operations, x);
    V told = toFirst.describe(operations, operations.multiply(second, where));
    V toldBack = toSecond.describe(operations, operations.multiply(first, where));
    return operations.concat(
        List.of(operations.add(first, told), operations.add(second, toldBack)));
  }
}
