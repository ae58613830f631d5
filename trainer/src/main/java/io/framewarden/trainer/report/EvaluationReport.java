package io.framewarden.trainer.report;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.Bootstrap.Interval;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model's scores on a set of faces, and its metrics.
 *
 * @param faces the faces evaluated
 * @param scored their scores, in the same order
 * @param intervals confidence intervals by the metrics' names, see {@link Evaluation#named}
 */
public record EvaluationReport(
    Model model,
    List<Labelled> faces,
    List<ScoredFace> scored,
    Evaluation evaluation,
    Map<String, Interval> intervals) {
  /** What the metrics' names begin with. */
  public static final String PREFIX = "evaluation";

  public EvaluationReport {
    if (faces.size() != scored.size()) {
      throw new IllegalArgumentException(scored.size() + " scores for " + faces.size() + " faces");
    }
  }

  /**
   * What a report says of the model.
   *
   * @param title the model's name
   * @param metadata what to know of model and faces, in order, for people
   * @param calibration from logit to probability
   * @param operatingPoints at least one; accuracy is taken at the first
   * @param domains forgery domains that training saw
   */
  public record Model(
      String title,
      Map<String, String> metadata,
      Calibration calibration,
      List<OperatingPoint> operatingPoints,
      Set<String> domains) {}

  /** The calibrated probability that a face is fake, 0..1. */
  double probability(ScoredFace face) {
    return model.calibration().probability(face.logit());
  }
}
