package io.framewarden.trainer.did;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.framewarden.trainer.backbone.BackboneKind;

/**
 * The shape of a DID network, with the paper's ablations as switches.
 *
 * @param backbone architecture of G; where a stored recipe does not say, it is from when there was
 *     only ResNet-18
 * @param side pixels that faces of any side are brought to inside the network, a multiple of the
 *     backbone's stride of 32
 * @param width factor on the backbone's channels, above 0 up to 4; 1 for all but the ResNets
 * @param features channels of the feature map I_X; 0 for as many as were published. Fewer make the
 *     attentions smaller, by its square, and are the first of the published channels; for the
 *     EfficientNet-Lites
 * @param highPass whether the fixed input layer adds a high-pass channel
 * @param attention the attention A_df; without it the network is the plain baseline, whose
 *     classifier sees the whole feature map, and the two switches below must be off
 * @param domainBranch what there is of A_dom and C_bar
 * @param mutualInformation the estimator T; without it there is no decomposition loss
 * @param hidden width of the classifiers' hidden layer and of T's convolutions, at least 1
 * @param gradientCheckpointing whether training keeps only what lies between the backbone's layers
 *     and computes the rest twice: the same gradients in less memory, for a third more time
 * @param dropout part of the channels that each face hides from C in training, 0 to below 1
 * @param maskHead a head on the backbone's map of stride 16 that learns the masks of pseudo-fakes,
 *     by the loss' lambdaMask; not with gradient checkpointing
 * @param maskInScore weight of the mean of the mask head's highest logits in the score, at least 0;
 *     at 0 the head is not exported
 * @param bfloat16 whether training rounds what passes the backbone to bfloat16: faster where the
 *     processor has instructions for it; not with gradient checkpointing
 * @param frozenStatistics whether training takes the backbone's batch normalisation as it was
 *     published, with scale and shift still learnt: faster, and for weights that were trained
 *     before; not with gradient checkpointing
 */
public record NetworkConfig(
    BackboneKind backbone,
    int side,
    double width,
    int features,
    boolean highPass,
    boolean attention,
    @JsonAlias("domainAttention") DomainBranch domainBranch,
    boolean mutualInformation,
    int hidden,
    boolean gradientCheckpointing,
    double dropout,
    boolean maskHead,
    double maskInScore,
    boolean bfloat16,
    boolean frozenStatistics) {

  private static final int STRIDE = 32;

  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  public NetworkConfig {
    backbone = backbone == null ? BackboneKind.RESNET_18 : backbone;
    if (side < STRIDE || side % STRIDE != 0) {
      throw new IllegalArgumentException("side must be a multiple of 32, not " + side);
    }
    backbone.checkWidth(width);
    backbone.checkFeatures(features);
    if (hidden < 1) {
      throw new IllegalArgumentException("hidden must be at least 1, not " + hidden);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must lie in 0..1, without 1, not " + dropout);
    }
    if (!(maskInScore >= 0) || (maskInScore > 0 && !maskHead)) {
      throw new IllegalArgumentException(
          "maskInScore must not be negative, and above 0 needs maskHead, not " + maskInScore);
    }
    if (gradientCheckpointing && (maskHead || bfloat16 || frozenStatistics)) {
      throw new IllegalArgumentException(
          "gradientCheckpointing goes with neither maskHead nor bfloat16 nor frozenStatistics:"
              + " switch off either");
    }
    if (!attention && (domainBranch != DomainBranch.NONE || mutualInformation)) {
      throw new IllegalArgumentException(
          "domainBranch and mutualInformation decompose the attention's output: without attention"
              + " they are none and false");
    }
  }

  /** The paper's network, on EfficientNetV2-L. */
  public static NetworkConfig paper() {
    return new Builder().build();
  }

  /** A half-width network with the high-pass channel: what two CPU cores can train. */
  public static NetworkConfig small() {
    Builder small = paper().toBuilder().backbone(BackboneKind.RESNET_18).width(0.5);
    return small.highPass(true).hidden(64).build();
  }

  /** A builder that starts from this network. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * This network on another backbone.
   *
   * @param kind architecture of G
   * @param factor on its channels; 1 for all but the ResNets
   */
  public NetworkConfig on(BackboneKind kind, double factor) {
    return toBuilder().backbone(kind).width(factor).build();
  }

  /** This network as the plain baseline, backbone and classifier only. */
  public NetworkConfig plain() {
    return toBuilder()
        .attention(false)
        .domainBranch(DomainBranch.NONE)
        .mutualInformation(false)
        .build();
  }

  /** This network with another domain branch. */
  public NetworkConfig with(DomainBranch branch) {
    return toBuilder().domainBranch(branch).build();
  }

  /** This network without the mutual information estimator. */
  public NetworkConfig withoutMutualInformation() {
    return toBuilder().mutualInformation(false).build();
  }

  /** This network, trained with or without gradient checkpointing. */
  public NetworkConfig withGradientCheckpointing(boolean wanted) {
    return toBuilder().gradientCheckpointing(wanted).build();
  }

  /** A configuration under construction; its setters are named as the components. */
  public static final class Builder {
    private BackboneKind backbone = BackboneKind.EFFICIENT_NET_V2_L;
    private int side = 224;
    private double width = 1;
    private int features;
    private boolean highPass;
    private boolean attention = true;
    private DomainBranch domainBranch = DomainBranch.ATTENTION;
    private boolean mutualInformation = true;
    private int hidden = 128;
    private boolean gradientCheckpointing;
    private double dropout;
    private boolean maskHead;
    private double maskInScore;
    private boolean bfloat16;
    private boolean frozenStatistics;

    /** The paper's network. */
    private Builder() {}

    private Builder(NetworkConfig config) {
      backbone = config.backbone;
      side = config.side;
      width = config.width;
      features = config.features;
      highPass = config.highPass;
      attention = config.attention;
      domainBranch = config.domainBranch;
      mutualInformation = config.mutualInformation;
      hidden = config.hidden;
      gradientCheckpointing = config.gradientCheckpointing;
      dropout = config.dropout;
      maskHead = config.maskHead;
      maskInScore = config.maskInScore;
      bfloat16 = config.bfloat16;
      frozenStatistics = config.frozenStatistics;
    }

    /** Sets {@link NetworkConfig#backbone}. */
    public Builder backbone(BackboneKind value) {
      backbone = value;
      return this;
    }

    /** Sets {@link NetworkConfig#side}. */
    public Builder side(int value) {
      side = value;
      return this;
    }

    /** Sets {@link NetworkConfig#width}. */
    public Builder width(double value) {
      width = value;
      return this;
    }

    /** Sets {@link NetworkConfig#features}. */
    public Builder features(int value) {
      features = value;
      return this;
    }

    /** Sets {@link NetworkConfig#highPass}. */
    public Builder highPass(boolean value) {
      highPass = value;
      return this;
    }

    /** Sets {@link NetworkConfig#attention}. */
    public Builder attention(boolean value) {
      attention = value;
      return this;
    }

    /** Sets {@link NetworkConfig#domainBranch}. */
    public Builder domainBranch(DomainBranch value) {
      domainBranch = value;
      return this;
    }

    /** Sets {@link NetworkConfig#mutualInformation}. */
    public Builder mutualInformation(boolean value) {
      mutualInformation = value;
      return this;
    }

    /** Sets {@link NetworkConfig#hidden}. */
    public Builder hidden(int value) {
      hidden = value;
      return this;
    }

    /** Sets {@link NetworkConfig#gradientCheckpointing}. */
    public Builder gradientCheckpointing(boolean value) {
      gradientCheckpointing = value;
      return this;
    }

    /** Sets {@link NetworkConfig#dropout}. */
    public Builder dropout(double value) {
      dropout = value;
      return this;
    }

    /** Sets {@link NetworkConfig#maskHead}. */
    public Builder maskHead(boolean value) {
      maskHead = value;
      return this;
    }

    /** Sets {@link NetworkConfig#maskInScore}. */
    public Builder maskInScore(double value) {
      maskInScore = value;
      return this;
    }

    /** Sets {@link NetworkConfig#bfloat16}. */
    public Builder bfloat16(boolean value) {
      bfloat16 = value;
      return this;
    }

    /** Sets {@link NetworkConfig#frozenStatistics}. */
    public Builder frozenStatistics(boolean value) {
      frozenStatistics = value;
      return this;
    }

    /**
     * @throws IllegalArgumentException naming the setting that is out of its range
     */
    public NetworkConfig build() {
      return new NetworkConfig(
          backbone,
          side,
          width,
          features,
          highPass,
          attention,
          domainBranch,
          mutualInformation,
          hidden,
          gradientCheckpointing,
          dropout,
          maskHead,
          maskInScore,
          bfloat16,
          frozenStatistics);
    }
  }
}
