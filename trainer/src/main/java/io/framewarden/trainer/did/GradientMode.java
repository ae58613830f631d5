package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Whether this thread's operations are recorded for a backward pass, until the object is closed.
 * Unlike the engine's gradient collector it neither walks over every array of the process nor
 * excludes a second one in another thread.
 */
public final class GradientMode implements AutoCloseable {

  private final boolean before;

  private GradientMode(boolean recorded) {
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(recorded);
  }

  /** Records operations from now on. */
  public static GradientMode enable() {
    return new GradientMode(true);
  }

  /** Records nothing from now on, which takes less memory and time. */
  public static GradientMode disable() {
    return new GradientMode(false);
  }

  /** Adds the gradient of a loss to every parameter that it depends on, and frees its graph. */
  public static void backward(NDArray loss) {
    try (NDArray one = loss.getManager().ones(loss.getShape())) {
      backward(loss, one);
    }
  }

  /** Goes on with a backward pass from a value whose own gradient is known. */
  static void backward(NDArray value, NDArray gradient) {
    JniUtils.backward((PtNDArray) value, (PtNDArray) gradient, false, false);
  }

  /** Whether this thread's operations are recorded now. */
  static boolean isEnabled() {
    return JniUtils.isGradMode();
  }

  /** Restores the mode from before. */
  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
