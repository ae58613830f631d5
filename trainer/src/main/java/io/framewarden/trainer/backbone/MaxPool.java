package io.framewarden.trainer.backbone;

/** The maximum of each window. */
public final class MaxPool extends Layer {

  private final int kernel;
  private final int stride;
  private final int padding;

  /** A pool of square windows; what is padded never is the maximum. */
  public MaxPool(int kernel, int stride, int padding) {
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
  }

  @Override
  public <V> V describe(Operations<V> operations, V x) {
    return operations.maxPool(this, x);
  }

  /** Side of a window. */
  public int kernel() {
    return kernel;
  }

  /** Stride in both directions. */
  public int stride() {
    return stride;
  }

  /** Padding on each side. */
  public int padding() {
    return padding;
  }
}
