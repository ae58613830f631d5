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
public record Figures(
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
  private static final int BINS = 15;

  /**
   * @param fakeAt probability at or above which the operating point says fake
   */
  public static Figures of(List<ScoredFace> faces, Calibration calibration, double fakeAt) {
    ScoreSet logits = ScoreSet.of(faces, ScoredFace::logit);
    ScoreSet calibrated = ScoreSet.of(faces, face -> calibration.probability(face.logit()));
    ScoreSet plain = ScoreSet.of(faces, face -> Calibration.none().probability(face.logit()));
    return new Figures(
        logits.reals(),
        logits.fakes(),
        logits.auc(),
        logits.eer(),
        logits.averagePrecision(),
        calibrated.accuracy(fakeAt),
        logits.tprAtFpr(0.01),
        logits.tprAtFpr(0.05),
        calibrated.calibrationError(BINS),
        plain.calibrationError(BINS),
        ScoreSet.of(faces, ScoredFace::blur).auc(),
        BlurBaseline.regressedOut(faces).auc());
  }

  /** The figures that are there, by name, each name behind the prefix and a dot. */
  public Map<String, Double> named(String prefix) {
    Map<String, Double> named = new TreeMap<>();
    named.put(prefix + ".reals", (double) reals);
    named.put(prefix + ".fakes", (double) fakes);
    put(named, prefix + ".auc", auc);
    put(named, prefix + ".eer", eer);
    put(named, prefix + ".ap", averagePrecision);
    put(named, prefix + ".acc", accuracy);
    put(named, prefix + ".tpr_at_fpr_1", tprAtFpr1);
    put(named, prefix + ".tpr_at_fpr_5", tprAtFpr5);
    put(named, prefix + ".ece", ece);
    put(named, prefix + ".ece_uncalibrated", eceUncalibrated);
    put(named, prefix + ".blur_auc", blurAuc);
    put(named, prefix + ".auc_without_blur", aucWithoutBlur);
    return named;
  }

  private static void put(Map<String, Double> named, String name, OptionalDouble figure) {
    figure.ifPresent(value -> named.put(name, value));
  }
}
