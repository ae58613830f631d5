package io.framewarden.trainer.backbone;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The architectures that a network's backbone can have, by the names they were published under. */
public enum BackboneKind {
  /** ResNet-18, of any width. */
  RESNET_18("resnet18", true, ResNets::resNet18),
  /** ResNet-34, of any width. */
  RESNET_34("resnet34", true, ResNets::resNet34),
  /** ResNet-50, of any width. */
  RESNET_50("resnet50", true, ResNets::resNet50),
  /** EfficientNet-Lite0. */
  EFFICIENT_NET_LITE_0("efficientnet-lite0", false, EfficientNetLites::lite0),
  /** EfficientNet-Lite1. */
  EFFICIENT_NET_LITE_1("efficientnet-lite1", false, EfficientNetLites::lite1),
  /** EfficientNet-Lite2. */
  EFFICIENT_NET_LITE_2("efficientnet-lite2", false, EfficientNetLites::lite2),
  /** EfficientNet-B3. */
  EFFICIENT_NET_B3("efficientnet-b3", false, EfficientNets::b3),
  /** EfficientNet-B4. */
  EFFICIENT_NET_B4("efficientnet-b4", false, EfficientNets::b4),
  /** EfficientNetV2-S. */
  EFFICIENT_NET_V2_S("efficientnetv2-s", false, EfficientNetV2s::small),
  /** EfficientNetV2-M. */
  EFFICIENT_NET_V2_M("efficientnetv2-m", false, EfficientNetV2s::medium),
  /** EfficientNetV2-L, the one of the DID paper. */
  EFFICIENT_NET_V2_L("efficientnetv2-l", false, EfficientNetV2s::large),
  /** Xception. */
  XCEPTION("xception", false, Xceptions::xception),
  /** VGG-16 with batch normalisation. */
  VGG_16_BN("vgg16-bn", false, Vggs::vgg16),
  /** F3-Net, two Xceptions on frequencies. */
  F3_NET("f3net", false, F3Nets::f3Net);

  private static final int LITE = EfficientNetLites.FEATURES;

  private final String published;
  private final boolean scalable;
  private final Function<Architecture.Input, Architecture> family;

  BackboneKind(
      String published, boolean scalable, Function<Architecture.Input, Architecture> family) {
    this.published = published;
    this.scalable = scalable;
    this.family = family;
  }

  /** The kind of a name, as commands and recipes write it. */
  @JsonCreator
  public static BackboneKind of(String published) {
    return Arrays.stream(values())
        .filter(kind -> kind.published.equals(published))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No backbone is called " + published + "; there are " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(kind -> kind.published).collect(Collectors.joining(", "));
  }

  /**
   * @throws IllegalArgumentException for a width that this architecture cannot have
   */
  public void checkWidth(double width) {
    if (!(width > 0 && width <= 4)) {
      throw new IllegalArgumentException("width must be above 0 and up to 4, not " + width);
    }
    if (width != 1 && !scalable) {
      throw new IllegalArgumentException(
          "width must be 1 for %s, not %s: only the ResNets can be scaled"
              .formatted(published, width));
    }
  }

  /**
   * @throws IllegalArgumentException for a number of features that this architecture cannot have
   */
  public void checkFeatures(int features) {
    boolean narrowed = features != 0;
    if (narrowed && (scale() != GrayInput.Scale.LITE || !(features > 0 && features <= LITE))) {
      throw new IllegalArgumentException(
          "features must be 0 for %s, not %d: an EfficientNet-Lite can have 1 to %d"
              .formatted(published, features, LITE));
    }
  }

  /** The wanted width where this architecture can be scaled, else 1. */
  public double supportedWidth(double wanted) {
    return scalable ? wanted : 1;
  }

  /** How gray values come in. */
  GrayInput.Scale scale() {
    return switch (this) {
      case EFFICIENT_NET_LITE_0, EFFICIENT_NET_LITE_1, EFFICIENT_NET_LITE_2 -> GrayInput.Scale.LITE;
      case RESNET_18,
          RESNET_34,
          RESNET_50,
          EFFICIENT_NET_B3,
          EFFICIENT_NET_B4,
          EFFICIENT_NET_V2_S,
          EFFICIENT_NET_V2_M,
          EFFICIENT_NET_V2_L,
          XCEPTION,
          VGG_16_BN,
          F3_NET ->
          GrayInput.Scale.SYMMETRIC;
    };
  }

  /** The architecture as it is for an input. */
  Architecture describe(Architecture.Input wanted) {
    return family.apply(wanted);
  }

  /** The published name, which commands, recipes and checkpoints use. */
  @JsonValue
  @Override
  public String toString() {
    return published;
  }
}
