package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.Optional;

/** Doubles the sides of maps, as the decoders of generators do. */
public final class Enlargement extends Layer {
  /** Side of the kernel of a transposed convolution. */
  public static final int KERNEL = 4;

  private final Kind kind;
  private final int inputs;
  private final int outputs;

  /** Null but for transposed convolutions, as is the bias. */
  private final Parameter weight;

  private final Parameter bias;

  /** The ways of doubling. */
  public enum Kind {
    /** A transposed convolution of stride 2 with a bias. */
    TRANSPOSED,
    /** Each value four times. */
    NEAREST,
    /** Four channels become the four pixels of one (Shi et al. 2016). */
    SHUFFLE,
    /** Between the four nearest values, by the centres of the pixels. */
    BILINEAR
  }

  private Enlargement(Kind kind, int inputs, int outputs) {
    this.kind = kind;
    this.inputs = inputs;
    this.outputs = outputs;
    boolean learns = kind == Kind.TRANSPOSED;
    weight =
        learns ? parameter("weight", Parameter.Type.WEIGHT, inputs, outputs, KERNEL, KERNEL) : null;
    bias = learns ? parameter("bias", Parameter.Type.BIAS, outputs) : null;
  }

  /** A transposed convolution of 4x4 and stride 2. */
  public static Enlargement transposed(int inputs, int outputs) {
    return new Enlargement(Kind.TRANSPOSED, inputs, outputs);
  }

  /**
   * One of the kinds that have nothing to learn.
   *
   * @param channels that go out
   */
  public static Enlargement fixed(Kind kind, int channels) {
    return new Enlargement(kind, kind == Kind.SHUFFLE ? 4 * channels : channels, channels);
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    return operations.enlarge(this, x);
  }

  /** The way of doubling. */
  public Kind kind() {
    return kind;
  }

  /** Channels that come in. */
  public int inputs() {
    return inputs;
  }

  /** Channels that go out. */
  public int outputs() {
    return outputs;
  }

  /** Weights (inputs, outputs, 4, 4); empty where there is nothing to learn. */
  public Optional<Parameter> weight() {
    return Optional.ofNullable(weight);
  }

  /** Bias (outputs); empty where there is nothing to learn. */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** What a kind that has nothing to learn makes of maps (n, inputs, h, w). */
  NDArray enlarged(NDArray x) {
    return switch (kind) {
      case NEAREST -> Script.ENLARGED_NEAREST.of(x);
      case SHUFFLE -> Script.SHUFFLED.of(x);
      case BILINEAR -> Script.ENLARGED_BILINEAR.of(x);
      case TRANSPOSED -> throw new IllegalStateException("a transposed convolution has weights");
    };
  }
}
