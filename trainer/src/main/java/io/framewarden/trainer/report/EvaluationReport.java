package io.framewarden.trainer.report;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.Interval;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model and what it said of a body of faces.
 *
 * @param title the model's name
 * @param facts what to know of model and faces, in order, for people
 * @param calibration from logit to probability
 * @param points operating points, the one that accuracy is taken at first
 * @param trained forgery domains that training saw
 * @param faces the faces judged
 * @param scored their scores, in the same order
 * @param intervals confidence intervals by the figures' names, see {@link Evaluation#named}
 */
public record EvaluationReport(
    String title,
    Map<String, String> facts,
    Calibration calibration,
    List<OperatingPoint> points,
    Set<String> trained,
    List<Labelled> faces,
    List<ScoredFace> scored,
    Evaluation evaluation,
    Map<String, Interval> intervals) {

  /** What the figures' names begin with. */
  public static final String PREFIX = "evaluation";

  public EvaluationReport {
    if (faces.size() != scored.size()) {
      throw new IllegalArgumentException(scored.size() + " scores for " + faces.size() + " faces");
    }
  }
}
