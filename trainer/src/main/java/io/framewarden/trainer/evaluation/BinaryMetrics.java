package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The figures of one set of faces or videos.
 *
 * @param accuracy at the operating point's {@code fakeAt}
 * @param ece expected calibration error of the calibrated probability, 15 bins
 * @param eceUncalibrated the same for the plain sigmoid of the logit
 * @param blurAuc what the blur baseline reaches
 * @param aucWithoutBlur AUC of the logits with blur regressed out
 */
public record BinaryMetrics(
    int reals,
    int fakes,
    OptionalDouble auc,
    OptionalDouble eer,
    OptionalDouble averagePrecision,
    OptionalDouble accuracy,
    OptionalDouble tprAtFpr1,
    OptionalDouble tprAtFpr5,
    OptionalDouble ece,
    OptionalDouble eceUncalibrated,
    OptionalDouble blurAuc,
    OptionalDouble aucWithoutBlur) {
  /**
   * @param fakeAt probability at or above which the operating point says fake
   */
  public static BinaryMetrics of(List<ScoredFace> faces, Calibration calibration, double fakeAt) {
    return MetricScores.of(faces, calibration, fakeAt).figures();
  }

  /** The figures that are there, by name, each name behind the prefix and a dot. */
  public Map<String, Double> named(String prefix) {
    Map<String, Double> named = new TreeMap<>();
    named.put(prefix + ".reals", (double) reals);
    named.put(prefix + ".fakes", (double) fakes);
    measured().forEach((name, value) -> named.put(prefix + "." + name, value));
    return named;
  }

  /** The figures that are there without the counts, by their short names, e.g. {@code auc}. */
  public Map<String, Double> measured() {
    Map<String, Double> named = new TreeMap<>();
    put(named, "auc", auc);
    put(named, "eer", eer);
    put(named, "ap", averagePrecision);
    put(named, "acc", accuracy);
    put(named, "tpr_at_fpr_1", tprAtFpr1);
    put(named, "tpr_at_fpr_5", tprAtFpr5);
    put(named, "ece", ece);
    put(named, "ece_uncalibrated", eceUncalibrated);
    put(named, "blur_auc", blurAuc);
    put(named, "auc_without_blur", aucWithoutBlur);
    return named;
  }

  private static void put(Map<String, Double> named, String name, OptionalDouble figure) {
    figure.ifPresent(value -> named.put(name, value));
  }
}
