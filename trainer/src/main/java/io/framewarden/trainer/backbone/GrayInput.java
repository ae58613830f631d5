package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

/**
 * The network's fixed first layer: gray values 0..255 become {@code x / 127.5 - 1} and, if asked
 * for, a second channel with what a 5x5 mean leaves over, {@code (x - mean) / 16}: blending seams
 * and resampling live there, and a small network finds them sooner when they are handed to it. At
 * the border the mean is over the pixels that exist.
 *
 * <p>The output's memory is channels-last, which the convolutions after it keep: several times
 * faster on a CPU.
 */
public final class GrayInput extends Layer {

  /** Side of the high pass' mean, in pixels. */
  public static final int MEAN_SIDE = 5;

  /** Divisor of the high pass: the residue of a sharp face is of the order of ten gray levels. */
  public static final float RESIDUE_SCALE = 16f;

  /** Divisor of the gray channel, whose range becomes -1..1. */
  public static final float GRAY_SCALE = 127.5f;

  private final boolean highPass;

  /** An input layer with or without the high-pass channel. */
  public GrayInput(boolean highPass) {
    this.highPass = highPass;
  }

  /** Channels of the output: 1, or 2 with the high pass. */
  public int channels() {
    return highPass ? 2 : 1;
  }

  /** Whether the second channel is there. */
  public boolean highPass() {
    return highPass;
  }

  @Override
  public <V> V describe(Operations<V> operations, V faces) {
    return operations.input(this, faces);
  }

  /** What the layer computes of faces (n, 1, side, side). */
  NDArray normalized(NDArray x) {
    NDArray gray = x.div(GRAY_SCALE).sub(1f).transpose(0, 2, 3, 1);
    if (!highPass) {
      return gray.transpose(0, 3, 1, 2);
    }
    // The engine's average counts the zeros beyond the border whatever its parameters: divide them
    // out.
    NDArray inside = x.getManager().ones(new Shape(1, 1, x.getShape().get(2), x.getShape().get(3)));
    NDArray mean = paddedMean(x).div(paddedMean(inside));
    NDArray residue = x.sub(mean).div(RESIDUE_SCALE).transpose(0, 2, 3, 1);
    return NDArrays.concat(new NDList(gray, residue), 3).transpose(0, 3, 1, 2);
  }

  private static NDArray paddedMean(NDArray x) {
    int padding = MEAN_SIDE / 2;
    return Pool.avgPool2d(
        x,
        new Shape(MEAN_SIDE, MEAN_SIDE),
        new Shape(1, 1),
        new Shape(padding, padding),
        false,
        true);
  }
}
