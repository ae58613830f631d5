package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;

/**
 * Faces brought to the side that a network computes at: triangle interpolation between pixels, over
 * all that fall into one where the face shrinks, so that fine detail is averaged and does not turn
 * into moire (bilinear with anti-aliasing, as image libraries call it). As two matrix products it
 * is the same arithmetic in training and in an exported graph.
 */
public final class FaceScaling {

  private FaceScaling() {}

  /**
   * What a row of pixels is multiplied by from the right: (from, to), row-major; each column sums
   * to 1.
   */
  public static float[] matrix(int from, int to) {
    double step = (double) from / to;
    double reach = Math.max(1, step);
    float[] matrix = new float[from * to];
    double[] parts = new double[from];
    for (int column = 0; column < to; column++) {
      double center = (column + 0.5) * step;
      double sum = 0;
      for (int pixel = 0; pixel < from; pixel++) {
        parts[pixel] = Math.max(0, 1 - Math.abs(pixel + 0.5 - center) / reach);
        sum += parts[pixel];
      }
      for (int pixel = 0; pixel < from; pixel++) {
        matrix[pixel * to + column] = (float) (parts[pixel] / sum);
      }
    }
    return matrix;
  }

  /** Square faces (n, 1, from, from) as (n, 1, side, side); the same where that is their side. */
  static NDArray scaled(NDArray faces, int side) {
    int from = Math.toIntExact(faces.getShape().get(3));
    if (from == side) {
      return faces;
    }
    NDArray matrix = Dct.constant(faces.getManager(), matrix(from, side), from, side);
    NDArray narrow = faces.matMul(matrix).transpose(0, 1, 3, 2);
    return narrow.matMul(matrix).transpose(0, 1, 3, 2);
  }
}
