package io.framewarden.trainer.evaluation;

import java.util.List;

/**
 * The baseline that any detector must beat: how blurred the inner face is. Many forgeries soften
 * the face, so that this one line of image processing gets far; a model that says no more than it
 * has learnt to measure blur.
 */
public final class BlurBaseline {
  private BlurBaseline() {}

  /**
   * Minus the logarithm of the mean squared Laplacian over the ellipse of the inner face: higher
   * means more blurred, hence more likely fake. Finite for every picture.
   *
   * @param face gray8, square, row-major
   */
  public static double score(byte[] face) {
    int side = (int) Math.round(Math.sqrt(face.length));
    double energy = 0;
    int count = 0;
    for (int y = 1; y < side - 1; y++) {
      for (int x = 1; x < side - 1; x++) {
        double u = (x - 0.5 * side) / (0.30 * side);
        double v = (y - 0.47 * side) / (0.36 * side);
        if (u * u + v * v < 1) {
          int at = y * side + x;
          double laplacian =
              (face[at - 1] & 0xff)
                  + (face[at + 1] & 0xff)
                  + (face[at - side] & 0xff)
                  + (face[at + side] & 0xff)
                  - 4.0 * (face[at] & 0xff);
          energy += laplacian * laplacian;
          count++;
        }
      }
    }
    return -Math.log(energy / Math.max(1, count) + 1e-3);
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
