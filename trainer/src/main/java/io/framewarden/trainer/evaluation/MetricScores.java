package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the metrics of one set of faces are computed from: the faces ordered by five measures.
 * Sorted once, and then counted as often as a bootstrap resamples.
 *
 * @param plain by the sigmoid of the logit, without calibration
 * @param fakeAt probability at or above which the operating point says fake
 */
record MetricScores(
    ScoreSet logits,
    ScoreSet calibrated,
    ScoreSet plain,
    ScoreSet blur,
    ScoreSet withoutBlur,
    double fakeAt) {
  private static final int BINS = 15;

  static MetricScores of(List<ScoredFace> faces, Calibration calibration, double fakeAt) {
    return new MetricScores(
        ScoreSet.of(faces, ScoredFace::logit),
        ScoreSet.of(faces, face -> calibration.probability(face.logit())),
        ScoreSet.of(faces, face -> Calibration.none().probability(face.logit())),
        ScoreSet.of(faces, ScoredFace::blur),
        BlurBaseline.regressedOut(faces),
        fakeAt);
  }

  /** As if each face were there this often; blur stays regressed out by the line of all faces. */
  MetricScores reweighted(int[] weights) {
    return new MetricScores(
        logits.reweighted(weights),
        calibrated.reweighted(weights),
        plain.reweighted(weights),
        blur.reweighted(weights),
        withoutBlur.reweighted(weights),
        fakeAt);
  }

  /** Those metrics that the faces can give. */
  Map<Metric, Double> values() {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      compute(metric).ifPresent(value -> values.put(metric, value));
    }
    return values;
  }

  private OptionalDouble compute(Metric metric) {
    return switch (metric) {
      case AUC -> logits.auc();
      case EER -> logits.eer();
      case AP -> logits.averagePrecision();
      case ACC -> calibrated.accuracy(fakeAt);
      case FPR -> calibrated.share(false, fakeAt);
      case TPR -> calibrated.share(true, fakeAt);
      case TPR_AT_FPR_1 -> logits.tprAtFpr(0.01);
      case TPR_AT_FPR_5 -> logits.tprAtFpr(0.05);
      case ECE_UNCALIBRATED -> plain.calibrationError(BINS);
      case ECE -> calibrated.calibrationError(BINS);
      case BLUR_AUC -> blur.auc();
      case AUC_WITHOUT_BLUR -> withoutBlur.auc();
    };
  }
}
