package io.framewarden.trainer.backbone;

/** What follows a convolution, element by element. */
public enum Nonlinearity {
  /** Nothing. */
  NONE,
  /** {@code max(0, x)}. */
  RELU,
  /** {@code min(6, max(0, x))}. */
  RELU6,
  /** {@code x sigmoid(x)}, also called swish. */
  SILU,
  /** {@code 1 / (1 + exp(-x))}, for gates. */
  SIGMOID
}
