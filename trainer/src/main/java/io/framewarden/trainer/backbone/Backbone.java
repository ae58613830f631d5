package io.framewarden.trainer.backbone;

/**
 * The backbone G with parameters theta: float faces (n, 1, side, side) with gray values 0..255 to
 * the feature map I_X (n, channels, side / stride, side / stride). Normalisation happens inside, so
 * that the exported graph takes the pipeline's bytes as they are.
 */
public abstract class Backbone extends Layer {

  /** For subclasses. */
  protected Backbone() {}

  /** Channels of the feature map. */
  public abstract int channels();

  /** How many pixels of the face, in each direction, one cell of the feature map stands for. */
  public abstract int stride();
}
