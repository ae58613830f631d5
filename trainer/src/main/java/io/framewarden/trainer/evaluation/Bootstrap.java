package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Confidence intervals by the percentile bootstrap over clusters: people are drawn with
 * replacement, each with all of his or her faces, because the faces of one person or video are not
 * independent of each other. Seeded: the same faces give the same intervals.
 *
 * @param resamples how often to draw, at least 20; 0 for no intervals
 */
public record Bootstrap(int resamples, long seed) {
  private static final int MIN_RESAMPLES = 20;
  private static final double TAIL = 0.025;

  /**
   * A 95 % confidence interval.
   *
   * @param low the 2.5 % quantile of the resampled metric
   * @param high the 97.5 % quantile
   */
  public record Interval(double low, double high) {}

  /** The seed that the reports use. */
  public static final long SEED = 20_240_602;

  /**
   * @throws IllegalArgumentException for fewer resamples than quantiles can be read from
   */
  public Bootstrap {
    if (resamples != 0 && resamples < MIN_RESAMPLES) {
      throw new IllegalArgumentException(
          "a bootstrap needs at least %d resamples, or 0 for no intervals, not %d"
              .formatted(MIN_RESAMPLES, resamples));
    }
  }

  /**
   * The interval of each metric. A metric that fewer than half of the resamples have (because one
   * class is rare) has none, and nothing has one when all faces are of one person.
   *
   * @param fakeAt probability at or above which the operating point says fake
   */
  public Map<Metric, Interval> intervals(
      List<ScoredFace> faces, Calibration calibration, double fakeAt) {
    int[] clusters = clusters(faces);
    int count = Arrays.stream(clusters).max().orElse(-1) + 1;
    if (count < 2 || resamples == 0) {
      return Map.of();
    }
    MetricScores scores = MetricScores.of(faces, calibration, fakeAt);
    SplittableRandom random = new SplittableRandom(seed);
    Map<Metric, List<Double>> drawn = new EnumMap<>(Metric.class);
    for (int i = 0; i < resamples; i++) {
      int[] weights = weights(clusters, count, random);
      scores
          .reweighted(weights)
          .values()
          .forEach(
              (metric, value) ->
                  drawn.computeIfAbsent(metric, name -> new ArrayList<>()).add(value));
    }
    Map<Metric, Interval> intervals = new EnumMap<>(Metric.class);
    drawn.forEach(
        (metric, values) -> {
          if (2 * values.size() >= resamples) {
            values.sort(null);
            intervals.put(metric, new Interval(quantile(values, TAIL), quantile(values, 1 - TAIL)));
          }
        });
    return intervals;
  }

  /** The number of each face's person. */
  private static int[] clusters(List<ScoredFace> faces) {
    Map<String, Integer> numbers = new HashMap<>();
    return faces.stream()
        .mapToInt(face -> numbers.computeIfAbsent(face.identity(), name -> numbers.size()))
        .toArray();
  }

  private static int[] weights(int[] clusters, int count, SplittableRandom random) {
    int[] times = new int[count];
    for (int i = 0; i < count; i++) {
      times[random.nextInt(count)]++;
    }
    int[] weights = new int[clusters.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = times[clusters[i]];
    }
    return weights;
  }

  /** Linear between the neighbouring values. */
  private static double quantile(List<Double> sorted, double share) {
    double at = share * (sorted.size() - 1);
    int below = (int) Math.floor(at);
    int above = (int) Math.ceil(at);
    return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
  }
}
