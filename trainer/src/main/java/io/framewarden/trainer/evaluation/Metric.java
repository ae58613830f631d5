package io.framewarden.trainer.evaluation;

import java.util.Locale;

/** What is measured of a classifier of faces; see {@link ScoreSet} for how. */
public enum Metric {
  AUC("AUC"),
  EER("EER"),
  /** Average precision. */
  AP("AP"),
  /** Accuracy at the operating point's {@code fakeAt}. */
  ACC("ACC"),
  /** Share of the real faces at or above the operating point's {@code fakeAt}: false alarms. */
  FPR("FPR"),
  /** Share of the fakes at or above it: hits. */
  TPR("TPR"),
  TPR_AT_FPR_1("TPR at FPR 1 %"),
  TPR_AT_FPR_5("TPR at FPR 5 %"),
  /** Expected calibration error of the plain sigmoid of the logit, 15 bins. */
  ECE_UNCALIBRATED("ECE before"),
  /** Expected calibration error of the calibrated probability, 15 bins. */
  ECE("ECE after"),
  /** What the blur baseline reaches. */
  BLUR_AUC("blur AUC"),
  /** AUC of the logits with blur regressed out. */
  AUC_WITHOUT_BLUR("AUC without blur");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  /** The heading of a table's column. */
  public String label() {
    return label;
  }

  /** The name in manifests and JSON, e.g. {@code tpr_at_fpr_1}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
