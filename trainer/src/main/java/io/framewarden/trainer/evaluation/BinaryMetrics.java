package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The metrics of one set of faces or videos. Immutable.
 *
 * @param people how many they are of
 * @param reals how many are real
 * @param fakes how many are fake
 * @param values those metrics that the set can give: with one class only, none
 */
public record BinaryMetrics(int people, int reals, int fakes, Map<Metric, Double> values) {

  public BinaryMetrics {
    Map<Metric, Double> copy = new EnumMap<>(Metric.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * The metrics of scored faces.
   *
   * @param fakeAt probability at or above which the operating point says fake
   */
  public static BinaryMetrics of(List<ScoredFace> faces, Calibration calibration, double fakeAt) {
    MetricScores scores = MetricScores.of(faces, calibration, fakeAt);
    int people = (int) faces.stream().map(ScoredFace::identity).distinct().count();
    return new BinaryMetrics(
        people, scores.logits().reals(), scores.logits().fakes(), scores.values());
  }

  /** A metric; empty when the set cannot give it. */
  public OptionalDouble get(Metric metric) {
    Double value = values.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The area under the ROC curve. */
  public OptionalDouble auc() {
    return get(Metric.AUC);
  }

  /** The equal error rate. */
  public OptionalDouble eer() {
    return get(Metric.EER);
  }

  /** The counts and the metrics that are there, by name, each name behind the prefix and a dot. */
  Map<String, Double> named(String prefix) {
    Map<String, Double> named = new TreeMap<>();
    named.put(prefix + ".people", (double) people);
    named.put(prefix + ".reals", (double) reals);
    named.put(prefix + ".fakes", (double) fakes);
    values.forEach((metric, value) -> named.put(prefix + "." + metric.key(), value));
    return named;
  }
}
