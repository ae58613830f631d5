package io.framewarden.trainer.backbone;

import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A square convolution, with a bias and batch normalisation as far as they are asked for, and the
 * nonlinearity after them.
 */
public final class ConvUnit extends Layer {

  private final Builder settings;
  private final Parameter weight;

  /** Null where the unit has none. */
  private final Parameter bias;

  /** Null where the unit has none. */
  private final BatchNormParameters norm;

  /**
   * What batch normalisation has learnt and gathered, each of (outputs).
   *
   * @param settings of the family
   * @param gamma scale
   * @param beta shift
   * @param mean running mean
   * @param variance running variance
   */
  public record BatchNormParameters(
      Normalization settings,
      Parameter gamma,
      Parameter beta,
      Parameter mean,
      Parameter variance) {}

  /**
   * Names of a unit's tensors in a published file, without their last part.
   *
   * @param convolution has {@code .weight}, and {@code .bias} where the unit has one
   * @param norm has {@code .weight}, {@code .bias}, {@code .running_mean}, {@code .running_var};
   *     empty where the unit has no normalisation
   */
  public record PublishedNames(String convolution, String norm) {}

  /** How the published weights of a unit that sees colours become weights on our channels. */
  public enum Stem {
    /** Unchanged: the unit does not see colours. */
    NONE,
    /** Their sum over the colours goes to the gray channel, nothing to a high-pass channel. */
    GRAY,
    /** Each of our channels gets the same part of their sum. */
    SHARED
  }

  private ConvUnit(Builder settings) {
    this.settings = settings;
    int kernel = settings.kernel;
    int outputs = settings.outputs;
    int inputs = settings.inputs / settings.groups;
    weight = parameter("weight", Parameter.Type.WEIGHT, outputs, inputs, kernel, kernel);
    bias = settings.bias ? parameter("bias", Parameter.Type.BIAS, outputs) : null;
    norm = settings.norm == null ? null : batchNorm(settings.norm);
  }

  private BatchNormParameters batchNorm(Normalization family) {
    int outputs = settings.outputs;
    return new BatchNormParameters(
        family,
        parameter("gamma", Parameter.Type.GAMMA, outputs),
        parameter("beta", Parameter.Type.BETA, outputs),
        parameter("runningMean", Parameter.Type.RUNNING_MEAN, outputs),
        parameter("runningVar", Parameter.Type.RUNNING_VAR, outputs));
  }

  /**
   * Settings of a unit: stride 1, padded to keep the size, one group, no bias, no normalisation, no
   * nonlinearity, unless said otherwise.
   */
  public static Builder of(int inputs, int outputs, int kernel) {
    return new Builder(inputs, outputs, kernel);
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    V convolved = operations.convolution(this, x);
    return settings.nonlinearity == Nonlinearity.NONE
        ? convolved
        : operations.nonlinearity(settings.nonlinearity, convolved);
  }

  /** Channels that come in. */
  public int inputs() {
    return settings.inputs;
  }

  /** Channels that go out. */
  public int outputs() {
    return settings.outputs;
  }

  /** Side of the kernel. */
  public int kernel() {
    return settings.kernel;
  }

  /** Stride in both directions. */
  public int stride() {
    return settings.stride;
  }

  /** Zeros above and to the left of the image. */
  public int padding() {
    return settings.padding;
  }

  /** Zeros below and to the right of it, at least as many. */
  public int paddingAfter() {
    return settings.padding + settings.morePadding;
  }

  /** Groups that the channels are split into. */
  public int groups() {
    return settings.groups;
  }

  /** Weights (outputs, inputs / groups, kernel, kernel). */
  public Parameter weight() {
    return weight;
  }

  /** Bias (outputs); empty where the unit has none. */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  /** Batch normalisation; empty where the unit has none. */
  public Optional<BatchNormParameters> norm() {
    return Optional.ofNullable(norm);
  }

  /** Names in published files, by the family's namings; empty for what is ours alone. */
  public List<PublishedNames> published() {
    return List.copyOf(settings.published);
  }

  /** How colours become our channels. */
  public Stem stem() {
    return settings.stem;
  }

  /** A unit under construction. */
  public static final class Builder {
    private final int inputs;
    private final int outputs;
    private final int kernel;
    private final List<PublishedNames> published = new ArrayList<>();
    private int stride = 1;
    private int padding;
    private int morePadding;
    private int groups = 1;
    private boolean bias;
    private Stem stem = Stem.NONE;
    private Nonlinearity nonlinearity = Nonlinearity.NONE;

    /** Null without batch normalisation. */
    private Normalization norm;

    private Builder(int inputs, int outputs, int kernel) {
      this.inputs = inputs;
      this.outputs = outputs;
      this.kernel = kernel;
      padding = kernel / 2;
    }

    /** Stride in both directions. */
    public Builder stride(int pixels) {
      stride = pixels;
      return this;
    }

    /** Without zeros around the image. */
    public Builder unpadded() {
      padding = 0;
      return this;
    }

    /**
     * Padded as TensorFlow's SAME does for images of an even side: a stride of 2 leaves an odd
     * number of zeros, and the odd one comes after the image.
     */
    public Builder paddedAsTensorFlow() {
      padding = (kernel - stride) / 2;
      morePadding = (kernel - stride) % 2;
      return this;
    }

    /** Each channel by itself. */
    public Builder depthwise() {
      groups = inputs;
      return this;
    }

    /** With a bias. */
    public Builder biased() {
      bias = true;
      return this;
    }

    /** With batch normalisation. */
    public Builder normalized(Normalization family) {
      norm = family;
      return this;
    }

    /** With a nonlinearity after everything. */
    public Builder then(Nonlinearity kind) {
      nonlinearity = kind;
      return this;
    }

    /** Named so in the family's next naming. */
    public Builder published(String convolution, String normalization) {
      published.add(new PublishedNames(convolution, normalization));
      return this;
    }

    /** Published for colours, which become our channels by this rule. */
    public Builder stem(Stem rule) {
      stem = rule;
      return this;
    }

    /** The unit. */
    public ConvUnit build() {
      return new ConvUnit(this);
    }
  }
}
