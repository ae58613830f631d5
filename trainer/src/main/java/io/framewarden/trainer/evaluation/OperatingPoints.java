package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the named thresholds by what they do to the real faces of the validation split: a
 * moderator's time goes to false alarms, so each point promises a share of them. Between {@code
 * realBelow} and {@code fakeAt} the model abstains.
 */
public final class OperatingPoints {
  /** Flags about 5 % of real faces, abstains on about 10 % more; the one verdicts default to. */
  public static final String BALANCED = "balanced";

  /** Flags about 1 % of real faces, for automatic action. */
  public static final String PRECISE = "precise";

  /** Flags about 20 % of real faces, for queues that people review. */
  public static final String SCREENING = "screening";

  private OperatingPoints() {}

  /**
   * The three points, {@link #BALANCED} first.
   *
   * @throws IllegalArgumentException when there is no real face to choose by
   */
  public static List<OperatingPoint> choose(List<ScoredFace> faces, Calibration calibration) {
    return choose(faces, calibration, List.of());
  }

  /**
   * The three points, {@link #BALANCED} first, and one more for each false positive rate that is
   * asked for, named e.g. {@code fpr-0.02}. Those abstain on up to 10 % more of the real faces.
   *
   * @param rates shares of real faces that may be flagged, above 0 and below 1
   * @throws IllegalArgumentException when there is no real face to choose by, or a rate is out of
   *     its range
   */
  public static List<OperatingPoint> choose(
      List<ScoredFace> faces, Calibration calibration, List<Double> rates) {
    double[] reals =
        faces.stream()
            .filter(face -> !face.fake())
            .mapToDouble(face -> calibration.probability(face.logit()))
            .sorted()
            .toArray();
    if (reals.length == 0) {
      throw new IllegalArgumentException(
          "the validation split has no real face to choose operating points by");
    }
    List<OperatingPoint> points = new ArrayList<>();
    // Probabilities that nobody calibrated may crowd at 0 or 1.
    double steps = calibration.equals(Calibration.none()) ? 1e9 : 1e4;
    points.add(point(BALANCED, reals, 0.05, 0.15, steps));
    points.add(point(PRECISE, reals, 0.01, 0.15, steps));
    points.add(point(SCREENING, reals, 0.20, 0.35, steps));
    for (double rate : rates) {
      if (!(rate > 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "a false positive rate lies above 0 and below 1, as in 0.01, not " + rate);
      }
      String name = "fpr-" + BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
      points.add(point(name, reals, rate, Math.min(1, rate + 0.10), steps));
    }
    return List.copyOf(points);
  }

  private static OperatingPoint point(
      String name, double[] sortedReals, double flagged, double notReal, double steps) {
    double fakeAt = above(sortedReals, flagged, steps);
    return new OperatingPoint(name, fakeAt, Math.min(fakeAt, above(sortedReals, notReal, steps)));
  }

  /** The lowest threshold of so many steps that at most this share of the values reach. */
  private static double above(double[] sorted, double share, double steps) {
    int reaching = Math.min(sorted.length - 1, (int) Math.floor(share * sorted.length));
    double highestBelow = sorted[sorted.length - 1 - reaching];
    return Math.min(1, (Math.floor(highestBelow * steps) + 1) / steps);
  }
}
