package io.framewarden.trainer.evaluation;

import io.framewarden.schemas.model.Calibration;
import java.util.List;

/**
 * What the figures of one body of faces are computed from: the faces ordered by five measures.
 * Sorted once, and then counted as often as a bootstrap asks.
 *
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

  BinaryMetrics figures() {
    return new BinaryMetrics(
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
        blur.auc(),
        withoutBlur.auc());
  }
}
