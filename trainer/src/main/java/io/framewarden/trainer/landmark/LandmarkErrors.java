package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import java.util.List;

/**
 * How far landmarks are from their labels, over many faces. An error is the mean distance of a
 * face's landmarks over the distance of the outer corners of its eyes (the normalised mean error of
 * the 300-W challenge, Sagonas et al. 2013).
 *
 * @param mean over the faces
 * @param median over the faces
 * @param p90 which nine faces in ten are below
 * @param failures share of the faces with an error above {@value #FAILURE}
 */
record LandmarkErrors(double mean, double median, double p90, double failures) {
  private static final double FAILURE = 0.1;

  /** Sums up errors of at least one face. */
  static LandmarkErrors of(List<Double> errors) {
    double[] sorted = errors.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double sum = 0;
    int failed = 0;
    for (double error : sorted) {
      sum += error;
      failed += error > FAILURE ? 1 : 0;
    }
    return new LandmarkErrors(
        sum / sorted.length,
        sorted[sorted.length / 2],
        sorted[sorted.length * 9 / 10],
        (double) failed / sorted.length);
  }

  /** The error of one face. */
  static double of(DenseLandmarks found, DenseLandmarks label) {
    double sum = 0;
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      FacePoint point = found.points().get(i);
      FacePoint right = label.points().get(i);
      sum += Math.hypot((double) point.x() - right.x(), (double) point.y() - right.y());
    }
    return sum / DenseLandmarks.POINTS / label.eyeCornerDistance();
  }
}
