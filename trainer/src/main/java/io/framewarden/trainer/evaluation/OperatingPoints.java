package io.framewarden.trainer.evaluation;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

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
    return choose(faces, List.of(), calibration, List.of());
  }

  /**
   * The three points, {@link #BALANCED} first, and one more for each false positive rate that is
   * asked for, named e.g. {@code fpr-0.02}. Those abstain on up to 10 % more of the real faces.
   *
   * @param videos sets of scored videos; each point holds on the real ones of every set too, by the
   *     mean probability of a video's faces
   * @param rates shares of real faces that may be flagged, above 0 and below 1
   * @throws IllegalArgumentException when there is no real face to choose by, or a rate is out of
   *     its range
   */
  public static List<OperatingPoint> choose(
      List<ScoredFace> faces,
      List<List<ScoredFace>> videos,
      Calibration calibration,
      List<Double> rates) {
    List<double[]> sets = new ArrayList<>();
    sets.add(sorted(reals(faces).mapToDouble(face -> calibration.probability(face.logit()))));
    for (List<ScoredFace> set : videos) {
      Map<String, Double> means =
          reals(set)
              .collect(
                  groupingBy(
                      ScoredFace::video,
                      averagingDouble(face -> calibration.probability(face.logit()))));
      sets.add(sorted(means.values().stream().mapToDouble(Double::doubleValue)));
    }
    if (sets.stream().anyMatch(set -> set.length == 0)) {
      throw new IllegalArgumentException("there is no real face to choose operating points by");
    }
    List<OperatingPoint> points = new ArrayList<>();
    // Probabilities that nobody calibrated may crowd at 0 or 1.
    double steps = calibration.equals(Calibration.none()) ? 1e9 : 1e4;
    points.add(point(BALANCED, sets, 0.05, 0.15, steps));
    points.add(point(PRECISE, sets, 0.01, 0.15, steps));
    points.add(point(SCREENING, sets, 0.20, 0.35, steps));
    for (double rate : rates) {
      if (!(rate > 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "a false positive rate lies above 0 and below 1, as in 0.01, not " + rate);
      }
      String name = "fpr-" + BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
      points.add(point(name, sets, rate, Math.min(1, rate + 0.10), steps));
    }
    return List.copyOf(points);
  }

  /** The share of the real faces that each point flags, by its name; empty without real faces. */
  public static Map<String, Double> flagged(
      List<ScoredFace> faces, Calibration calibration, List<OperatingPoint> points) {
    Map<String, Double> shares = new TreeMap<>();
    for (OperatingPoint point : points) {
      reals(faces)
          .mapToInt(face -> calibration.probability(face.logit()) >= point.fakeAt() ? 1 : 0)
          .average()
          .ifPresent(share -> shares.put(point.name(), share));
    }
    return shares;
  }

  private static Stream<ScoredFace> reals(List<ScoredFace> faces) {
    return faces.stream().filter(face -> !face.fake());
  }

  private static double[] sorted(DoubleStream values) {
    return values.sorted().toArray();
  }

  private static OperatingPoint point(
      String name, List<double[]> sets, double flagged, double notReal, double steps) {
    double fakeAt = above(sets, flagged, steps);
    return new OperatingPoint(name, fakeAt, Math.min(fakeAt, above(sets, notReal, steps)));
  }

  private static double above(List<double[]> sets, double share, double steps) {
    return sets.stream().mapToDouble(set -> above(set, share, steps)).max().orElseThrow();
  }

  /** The lowest threshold of so many steps that at most this share of the values reach. */
  private static double above(double[] sorted, double share, double steps) {
    int reaching = Math.min(sorted.length - 1, (int) Math.floor(share * sorted.length));
    double highestBelow = sorted[sorted.length - 1 - reaching];
    return Math.min(1, (Math.floor(highestBelow * steps) + 1) / steps);
  }
}
