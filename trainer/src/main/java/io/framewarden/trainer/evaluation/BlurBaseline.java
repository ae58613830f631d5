package io.framewarden.trainer.evaluation;

import java.util.List;

/**
 * The baseline that any detector must beat: how blurred the inner face is. Many forgeries soften
 * the face, so that this one line of image processing gets far; a model that beats it by nothing
 * has learnt to measure blur.
 */
public final class BlurBaseline {
  private BlurBaseline() {}

  /**
   * Minus the logarithm of the mean squared Laplacian over the ellipse of the inner face: higher
   * means more blurred, hence more likely fake. Finite for every image.
   *
   * @param face square, row-major, gray8 or rgb8
   */
  public static double score(byte[] face) {
    return scoreGray(gray(face));
  }

  /**
   * The luma of a square face in either format, which its length tells: three bytes for each of a
   * square number of pixels are no square number.
   *
   * @param face gray8, which is returned itself, or rgb8
   */
  public static byte[] gray(byte[] face) {
    int side = (int) Math.round(Math.sqrt(face.length));
    if (side * side == face.length) {
      return face;
    }
    byte[] gray = new byte[face.length / 3];
    for (int i = 0; i < gray.length; i++) {
      double luma =
          0.299 * (face[3 * i] & 0xff)
              + 0.587 * (face[3 * i + 1] & 0xff)
              + 0.114 * (face[3 * i + 2] & 0xff);
      gray[i] = (byte) Math.round(luma);
    }
    return gray;
  }

  private static double scoreGray(byte[] face) {
    int side = (int) Math.round(Math.sqrt(face.length));
    long energy = 0;
    int count = 0;
    for (int y = 1; y < side - 1; y++) {
      double v = (y - 0.47 * side) / (0.36 * side);
      double reach = 0.30 * side * Math.sqrt(Math.max(0, 1 - v * v));
      int from = (int) Math.max(1, Math.floor(0.5 * side - reach) + 1);
      int to = (int) Math.min(side - 1.0, Math.ceil(0.5 * side + reach));
      energy += energy(face, y * side + from, y * side + to, side);
      count += Math.max(0, to - from);
    }
    return -Math.log((double) energy / Math.max(1, count) + 1e-3);
  }

  private static long energy(byte[] face, int from, int to, int side) {
    int sum = 0;
    for (int at = from; at < to; at++) {
      int around =
          (face[at - 1] & 0xff)
              + (face[at + 1] & 0xff)
              + (face[at - side] & 0xff)
              + (face[at + side] & 0xff);
      int laplacian = around - 4 * (face[at] & 0xff);
      sum += laplacian * laplacian;
    }
    return sum;
  }

  /**
   * The logits with what blur explains taken out: residuals of the least-squares line of the logit
   * on the blur score.
   */
  public static ScoreSet regressedOut(List<ScoredFace> faces) {
    double blur = faces.stream().mapToDouble(ScoredFace::blur).average().orElse(0);
    double logit = faces.stream().mapToDouble(ScoredFace::logit).average().orElse(0);
    double variance = 0;
    double covariance = 0;
    for (ScoredFace face : faces) {
      variance += (face.blur() - blur) * (face.blur() - blur);
      covariance += (face.blur() - blur) * (face.logit() - logit);
    }
    double slope = variance < 1e-12 ? 0 : covariance / variance;
    return ScoreSet.of(faces, face -> face.logit() - logit - slope * (face.blur() - blur));
  }
}
