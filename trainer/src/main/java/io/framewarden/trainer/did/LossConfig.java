package io.framewarden.trainer.did;

/**
 * Weights of the loss {@code L = lambdaDec L_dec + lambdaCls L_cls + lambdaDom L_dom + lambdaMask
 * L_mask} with {@code L_cls = alpha L_BCE + (1 - alpha) L_AUC}.
 *
 * @param alpha 1 = cross-entropy only, 0 = AUC loss only
 * @param margin gamma, by how much a fake's logit is to exceed a real one's, at least 0
 * @param power p, the exponent on what is missing to the margin, at least 1
 * @param lambdaDec weight of the decomposition loss
 * @param lambdaCls weight of the classification loss
 * @param lambdaDom weight of the domain loss
 * @param lambdaMask weight of the supervision by forgery masks, which the paper does not have: of
 *     the mask head where the network has one, else of the attention; 0 switches it off
 * @param betaOn what beta slows down; where a stored recipe does not say, the features' part
 * @param labelSmoothing s in 0 to below 1: L_BCE wants a label of {@code y (1 - s) + s / 2}, so
 *     that no logit pays for growing for ever
 */
public record LossConfig(
    double alpha,
    double margin,
    double power,
    double lambdaDec,
    double lambdaCls,
    double lambdaDom,
    double lambdaMask,
    BetaOn betaOn,
    double labelSmoothing) {

  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  public LossConfig {
    betaOn = betaOn == null ? BetaOn.FEATURES : betaOn;
    require(alpha >= 0 && alpha <= 1, "alpha must lie in 0..1", alpha);
    require(margin >= 0, "margin must not be negative", margin);
    require(power >= 1, "power must be at least 1", power);
    require(lambdaDec >= 0, "lambdaDec must not be negative", lambdaDec);
    require(lambdaCls >= 0, "lambdaCls must not be negative", lambdaCls);
    require(lambdaDom >= 0, "lambdaDom must not be negative", lambdaDom);
    require(lambdaMask >= 0, "lambdaMask must not be negative", lambdaMask);
    require(
        labelSmoothing >= 0 && labelSmoothing < 1,
        "labelSmoothing must lie in 0..1, without 1",
        labelSmoothing);
  }

  private static void require(boolean holds, String rule, double value) {
    if (!holds || !Double.isFinite(value)) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }

  /** The paper's weights: alpha 0.5, margin 0.15, power 2, lambdas 0.01, 1, 1. */
  public static LossConfig paper() {
    return new LossConfig(0.5, 0.15, 2, 0.01, 1, 1, 0, BetaOn.FEATURES, 0);
  }

  /** The paper's weights and the attention supervised by masks. */
  public static LossConfig withMasks() {
    return paper().withLambdaMask(0.5);
  }

  /** A builder that starts from the paper's weights. */
  public static Builder builder() {
    return new Builder(paper());
  }

  /** These weights with another alpha. */
  public LossConfig withAlpha(double other) {
    return new Builder(this).alpha(other).build();
  }

  /** These weights with another weight of the masks. */
  public LossConfig withLambdaMask(double other) {
    return new Builder(this).lambdaMask(other).build();
  }

  /** A configuration under construction; its setters are named as the components. */
  public static final class Builder {
    private final LossConfig base;
    private double alpha;
    private double lambdaDec;
    private double lambdaCls;
    private double lambdaDom;
    private double lambdaMask;
    private BetaOn betaOn;
    private double labelSmoothing;

    private Builder(LossConfig config) {
      base = config;
      alpha = config.alpha;
      lambdaDec = config.lambdaDec;
      lambdaCls = config.lambdaCls;
      lambdaDom = config.lambdaDom;
      lambdaMask = config.lambdaMask;
      betaOn = config.betaOn;
      labelSmoothing = config.labelSmoothing;
    }

    /** Sets {@link LossConfig#alpha}. */
    public Builder alpha(double value) {
      alpha = value;
      return this;
    }

    /** Sets {@link LossConfig#lambdaDec}. */
    public Builder lambdaDec(double value) {
      lambdaDec = value;
      return this;
    }

    /** Sets {@link LossConfig#lambdaCls}. */
    public Builder lambdaCls(double value) {
      lambdaCls = value;
      return this;
    }

    /** Sets {@link LossConfig#lambdaDom}. */
    public Builder lambdaDom(double value) {
      lambdaDom = value;
      return this;
    }

    /** Sets {@link LossConfig#lambdaMask}. */
    public Builder lambdaMask(double value) {
      lambdaMask = value;
      return this;
    }

    /** Sets {@link LossConfig#betaOn}. */
    public Builder betaOn(BetaOn value) {
      betaOn = value;
      return this;
    }

    /** Sets {@link LossConfig#labelSmoothing}. */
    public Builder labelSmoothing(double value) {
      labelSmoothing = value;
      return this;
    }

    /**
     * @throws IllegalArgumentException naming the setting that is out of its range
     */
    public LossConfig build() {
      return new LossConfig(
          alpha,
          base.margin,
          base.power,
          lambdaDec,
          lambdaCls,
          lambdaDom,
          lambdaMask,
          betaOn,
          labelSmoothing);
    }
  }
}
