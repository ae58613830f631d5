package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import java.util.List;

/**
 * Fits the map from logit to probability on validation faces, by Newton's method with halving
 * steps. The probability refers to the mix of classes it was fitted on.
 */
public final class CalibrationFit {
  private static final int ITERATIONS = 100;
  private static final double MIN_SCALE = 1e-3;

  /** What is fitted. */
  public enum Method {
    /**
     * Scale and offset, with Platt's smoothed targets; the temperature alone when Platt's scale
     * would turn the order of scores around.
     */
    PLATT,
    /** The scale alone, with the same targets: the logit 0 keeps the probability 0.5. */
    TEMPERATURE
  }

  private CalibrationFit() {}

  /** Fits by Platt's method; {@code none} when the faces are of one class only. */
  public static Calibration fit(List<ScoredFace> faces) {
    return fit(faces, Method.PLATT);
  }

  /**
   * Fits by a method.
   *
   * @return {@code none} when the faces are of one class only
   */
  public static Calibration fit(List<ScoredFace> faces, Method method) {
    long fakes = faces.stream().filter(ScoredFace::fake).count();
    long reals = faces.size() - fakes;
    if (fakes == 0 || reals == 0) {
      return Calibration.none();
    }
    double[] logits = faces.stream().mapToDouble(ScoredFace::logit).toArray();
    double fakeTarget = (fakes + 1.0) / (fakes + 2);
    double realTarget = 1.0 / (reals + 2);
    double[] smoothed =
        faces.stream().mapToDouble(face -> face.fake() ? fakeTarget : realTarget).toArray();
    if (method == Method.PLATT) {
      double[] platt = newton(logits, smoothed, true);
      if (platt[0] >= MIN_SCALE) {
        return new Calibration("platt", platt[0], platt[1]);
      }
    }
    double[] temperature = newton(logits, smoothed, false);
    return new Calibration("temperature", Math.max(MIN_SCALE, temperature[0]), 0);
  }

  /** Scale and offset of the lowest cross-entropy; the offset stays 0 when it is not free. */
  private static double[] newton(double[] logits, double[] targets, boolean freeOffset) {
    double scale = 1;
    double offset = 0;
    double loss = loss(logits, targets, scale, offset);
    for (int i = 0; i < ITERATIONS; i++) {
      double[] step = step(logits, targets, scale, offset, freeOffset);
      double rate = 1;
      double next = loss(logits, targets, scale - step[0], offset - step[1]);
      while (next > loss && rate > 1e-8) {
        rate /= 2;
        next = loss(logits, targets, scale - rate * step[0], offset - rate * step[1]);
      }
      if (!(loss - next > 1e-12)) {
        break;
      }
      scale -= rate * step[0];
      offset -= rate * step[1];
      loss = next;
    }
    return new double[] {scale, offset};
  }

  /** The inverse Hessian times the gradient. */
  private static double[] step(
      double[] logits, double[] targets, double scale, double offset, boolean freeOffset) {
    double ga = 0;
    double gb = 0;
    double haa = 1e-9;
    double hab = 0;
    double hbb = 1e-9;
    for (int i = 0; i < logits.length; i++) {
      double p = 1 / (1 + Math.exp(-(scale * logits[i] + offset)));
      double slope = p - targets[i];
      double curve = p * (1 - p);
      ga += slope * logits[i];
      gb += slope;
      haa += curve * logits[i] * logits[i];
      hab += curve * logits[i];
      hbb += curve;
    }
    if (!freeOffset) {
      return new double[] {ga / haa, 0};
    }
    double determinant = haa * hbb - hab * hab;
    if (Math.abs(determinant) < 1e-18) {
      return new double[] {ga / haa, gb / hbb};
    }
    return new double[] {(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant};
  }

  private static double loss(double[] logits, double[] targets, double scale, double offset) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double z = scale * logits[i] + offset;
      // log(1 + e^z) without overflow, minus t z.
      sum += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[i] * z;
    }
    return sum;
  }
}
