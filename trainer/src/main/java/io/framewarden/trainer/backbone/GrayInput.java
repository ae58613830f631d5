package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;

/**
 * The network's fixed first layer: faces of any size are brought to the network's side ({@link
 * FaceScaling}), their gray values 0..255 become {@code x / divisor - shift} and, if asked for, a
 * second channel holds what a 5x5 mean leaves over, {@code (x - mean) / 16}: blending seams and
 * resampling live there, and a small network finds them sooner when they are handed to it. At the
 * border the mean is over the pixels that exist.
 *
 * <p>The output's memory is channels-last, which the convolutions after it keep: several times
 * faster on a CPU.
 */
public final class GrayInput extends Layer {

  /** Side of the high pass' mean, in pixels. */
  public static final int MEAN_SIDE = 5;

  /** Divisor of the high pass: the residue of a sharp face is of the order of ten gray levels. */
  public static final float RESIDUE_SCALE = 16f;

  private final boolean highPass;
  private final Scale scale;
  private final int side;

  /**
   * How gray values become numbers around 0: {@code x / divisor - shift}.
   *
   * @param divisor above 0
   * @param shift subtracted afterwards
   */
  public record Scale(float divisor, float shift) {

    /** -1..1. */
    public static final Scale SYMMETRIC = new Scale(127.5f, 1);

    /**
     * {@code (x - 127) / 128}, to the last bit: that of the EfficientNet-Lites. The border's zeros
     * stand for a gray of 127, so no other scale could be made up for in the weights.
     */
    public static final Scale LITE = new Scale(128, 127f / 128);
  }

  /**
   * An input layer.
   *
   * @param highPass with or without the high-pass channel
   * @param side of the images that come out, in pixels
   */
  public GrayInput(boolean highPass, Scale scale, int side) {
    this.highPass = highPass;
    this.scale = scale;
    this.side = side;
  }

  /** Channels of the output: 1, or 2 with the high pass. */
  public int channels() {
    return highPass ? 2 : 1;
  }

  /** Whether the second channel is there. */
  public boolean highPass() {
    return highPass;
  }

  /** The scale of the gray channel. */
  public Scale scale() {
    return scale;
  }

  /** Side of the images that come out, in pixels. */
  public int side() {
    return side;
  }

  @Override
  public <V> V describe(Operations<V> operations, V faces) {
    return operations.input(this, faces);
  }

  /** What the layer computes of square faces (n, 1, s, s). */
  NDArray normalized(NDArray faces) {
    NDArray x = FaceScaling.scaled(faces, side);
    NDArray gray =
        x.div(scale.divisor()).sub(scale.shift()).reshape(x.getShape().get(0), side, side, 1);
    if (!highPass) {
      return gray.transpose(0, 3, 1, 2);
    }
    // The engine's average counts the zeros beyond the border whatever its parameters: divide them
    // out.
    NDArray inside = x.getManager().ones(new Shape(1, 1, side, side));
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
