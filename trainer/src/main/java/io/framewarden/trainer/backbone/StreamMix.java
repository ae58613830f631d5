package io.framewarden.trainer.backbone;

import java.util.List;

/**
 * Lets two streams tell each other where to look: {@code a + u(g b)} and {@code b + v(g a)}, with a
 * gate {@code g} of one value a place that is made of both, and a scale and shift a channel, {@code
 * u} and {@code v}.
 */
public final class StreamMix extends GraphLayer {

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
    V first = operations.channels(x, 0, half);
    V second = operations.channels(x, half, 2 * half);
    V where = gate.describe(operations, x);
    V told = toFirst.describe(operations, operations.gated(second, where));
    V toldBack = toSecond.describe(operations, operations.gated(first, where));
    return operations.concatenation(
        List.of(operations.sum(first, told), operations.sum(second, toldBack)));
  }
}
