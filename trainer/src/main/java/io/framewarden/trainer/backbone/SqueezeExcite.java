package io.framewarden.trainer.backbone;

/**
 * Squeeze and excitation: each channel times a gate in 0..1 that two fully connected layers make of
 * all channels' averages, {@code x sigmoid(expand(silu(reduce(average(x)))))}.
 */
public final class SqueezeExcite extends Layer {

  private final ConvUnit reduce;
  private final ConvUnit expand;

  /** Gates made by two biased 1x1 units; {@code expand} ends in a sigmoid. */
  public SqueezeExcite(ConvUnit reduce, ConvUnit expand) {
    this.reduce = part("reduce", reduce);
    this.expand = part("expand", expand);
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    V gates = expand.describe(operations, reduce.describe(operations, operations.globalAverage(x)));
    return operations.multiply(x, gates);
  }
}
