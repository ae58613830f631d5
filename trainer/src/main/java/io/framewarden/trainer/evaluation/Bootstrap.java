package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Confidence intervals by the percentile bootstrap over clusters: people are drawn with
 * replacement, each with all of his or her faces, because the faces of one person or video are not
 * independent of each other. Seeded: the same faces give the same intervals.
 *
 * @param resamples how often to draw, at least 20; 0 for no intervals
 */
public record Bootstrap(int resamples, long seed) {
  private static final int FEWEST = 20;
  private static final double TAIL = 0.025;

  /** What the reports use. */
  public static final long SEED = 20_240_602;

  /**
   * @throws IllegalArgumentException for fewer resamples than quantiles can be read from
   */
  public Bootstrap {
    if (resamples != 0 && resamples < FEWEST) {
      throw new IllegalArgumentException(
          "a bootstrap needs at least %d resamples, or 0 for no intervals, not %d"
              .formatted(FEWEST, resamples));
    }
  }

  /**
   * The interval of each figure by its short name. A figure that fewer than half of the resamples
   * have (because one class is rare) has none, and nothing has one when all faces are of one
   * person.
   *
   * @param fakeAt probability at or above which the operating point says fake
   */
  public Map<String, Interval> intervals(
      List<ScoredFace> faces, Calibration calibration, double fakeAt) {
    int[] clusters = clusters(faces);
    int count = java.util.Arrays.stream(clusters).max().orElse(-1) + 1;
    if (count < 2 || resamples == 0) {
      return Map.of();
    }
    MetricScores scores = MetricScores.of(faces, calibration, fakeAt);
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, List<Double>> drawn = new TreeMap<>();
    for (int i = 0; i < resamples; i++) {
      int[] weights = weights(clusters, count, random);
      scores
          .reweighted(weights)
          .figures()
          .measured()
          .forEach((name, value) -> drawn.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    Map<String, Interval> intervals = new TreeMap<>();
    drawn.forEach(
        (name, values) -> {
          if (2 * values.size() >= resamples) {
            values.sort(null);
            intervals.put(name, new Interval(quantile(values, TAIL), quantile(values, 1 - TAIL)));
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
