package io.framewarden.trainer.backbone;

/**
 * Settings of batch normalisation, which differ between the families.
 *
 * @param epsilon added to the variance
 * @param momentum how much of the running statistics survives a step
 */
public record Normalization(float epsilon, float momentum) {

  /** Of ResNet and VGG, and of the port of Xception whose weights are in circulation. */
  public static final Normalization STANDARD = new Normalization(1e-5f, 0.9f);

  /** Of EfficientNet. */
  public static final Normalization EFFICIENT_NET = new Normalization(1e-3f, 0.99f);

  /** Of EfficientNetV2. */
  public static final Normalization EFFICIENT_NET_V2 = new Normalization(1e-3f, 0.9f);
}
