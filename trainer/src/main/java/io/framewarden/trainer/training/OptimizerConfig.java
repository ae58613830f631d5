package io.framewarden.trainer.training;

/**
 * Adam and its learning rate.
 *
 * @param learningRate peak rate of every group but the backbone, above 0
 * @param backboneFactor the backbone's rate as a part of it: 0.1 for a backbone that was trained
 *     before, 1 for one that starts from nothing
 * @param weightDecay at least 0; on weights only, never on biases or normalisation
 * @param decoupled true for AdamW, whose decay goes straight into the weights; false for Adam with
 *     the decay in the gradient, as the paper has it
 * @param beta1 decay of the first moment, 0 to below 1
 * @param beta2 decay of the second moment, 0 to below 1
 * @param epsilon added to the root of the second moment, above 0
 * @param warmupSteps steps over which the rate rises from 0 to its peak
 * @param finalFactor what part of the peak is left at the end of the cosine that follows; 1 keeps
 *     the rate constant
 * @param emaDecay how much of a moving average of the weights survives a step, 0 to below 1: the
 *     average is what is evaluated and exported; 0 takes the last weights
 */
public record OptimizerConfig(
    double learningRate,
    double backboneFactor,
    double weightDecay,
    boolean decoupled,
    double beta1,
    double beta2,
    double epsilon,
    long warmupSteps,
    double finalFactor,
    double emaDecay) {

  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  public OptimizerConfig {
    require(learningRate > 0, "learningRate must be above 0", learningRate);
    require(backboneFactor >= 0, "backboneFactor must not be negative", backboneFactor);
    require(weightDecay >= 0, "weightDecay must not be negative", weightDecay);
    require(beta1 >= 0 && beta1 < 1, "beta1 must lie in 0..1", beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2 must lie in 0..1", beta2);
    require(epsilon > 0, "epsilon must be above 0", epsilon);
    require(warmupSteps >= 0, "warmupSteps must not be negative", warmupSteps);
    require(finalFactor >= 0 && finalFactor <= 1, "finalFactor must lie in 0..1", finalFactor);
    require(emaDecay >= 0 && emaDecay < 1, "emaDecay must lie in 0..1, without 1", emaDecay);
  }

  private static void require(boolean holds, String rule, double value) {
    if (!holds || !Double.isFinite(value)) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }

  /** The paper's Adam: 1e-4, a tenth of it for the backbone, decay 5e-4, constant. */
  public static OptimizerConfig paper() {
    return new OptimizerConfig(1e-4, 0.1, 5e-4, false, 0.9, 0.999, 1e-8, 0, 1, 0);
  }

  /** AdamW for a network that starts from nothing: 1e-3, one rate for all, warm-up and cosine. */
  public static OptimizerConfig fromScratch() {
    Builder scratch = builder().learningRate(1e-3).backboneFactor(1).weightDecay(1e-2);
    return scratch.decoupled(true).warmupSteps(100).finalFactor(0.02).build();
  }

  /** A builder that starts from the paper's settings. */
  public static Builder builder() {
    return new Builder(paper());
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Factor on the learning rate at a step of a run: warm-up, then a cosine. */
  double factor(long step, long steps) {
    if (step < warmupSteps) {
      return (step + 1.0) / warmupSteps;
    }
    double progress = (double) (step - warmupSteps) / Math.max(1, steps - warmupSteps);
    return finalFactor + (1 - finalFactor) * 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  /** A configuration under construction; its setters are named as the components. */
  public static final class Builder {
    private double learningRate;
    private double backboneFactor;
    private double weightDecay;
    private boolean decoupled;
    private double beta1;
    private double beta2;
    private double epsilon;
    private long warmupSteps;
    private double finalFactor;
    private double emaDecay;

    private Builder(OptimizerConfig config) {
      learningRate = config.learningRate;
      backboneFactor = config.backboneFactor;
      weightDecay = config.weightDecay;
      decoupled = config.decoupled;
      beta1 = config.beta1;
      beta2 = config.beta2;
      epsilon = config.epsilon;
      warmupSteps = config.warmupSteps;
      finalFactor = config.finalFactor;
      emaDecay = config.emaDecay;
    }

    /** Sets {@link OptimizerConfig#learningRate}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#backboneFactor}. */
    public Builder backboneFactor(double value) {
      backboneFactor = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#weightDecay}. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#decoupled}. */
    public Builder decoupled(boolean value) {
      decoupled = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#beta1}. */
    public Builder beta1(double value) {
      beta1 = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#beta2}. */
    public Builder beta2(double value) {
      beta2 = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#epsilon}. */
    public Builder epsilon(double value) {
      epsilon = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#warmupSteps}. */
    public Builder warmupSteps(long value) {
      warmupSteps = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#finalFactor}. */
    public Builder finalFactor(double value) {
      finalFactor = value;
      return this;
    }

    /** Sets {@link OptimizerConfig#emaDecay}. */
    public Builder emaDecay(double value) {
      emaDecay = value;
      return this;
    }

    /**
     * @throws IllegalArgumentException naming the setting that is out of its range
     */
    public OptimizerConfig build() {
      return new OptimizerConfig(
          learningRate,
          backboneFactor,
          weightDecay,
          decoupled,
          beta1,
          beta2,
          epsilon,
          warmupSteps,
          finalFactor,
          emaDecay);
    }
  }
}
