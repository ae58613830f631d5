package io.framewarden.trainer.report;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.did.FaceExplanation;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.training.LossLog;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything that a report shows.
 *
 * @param robustness when it was asked for
 * @param losses of the run's steps; empty when the run is not at hand
 * @param inside what the network makes of some of the faces; only with a checkpoint
 * @param runs this run and those it is held beside; one or none means that there is nothing to
 *     compare
 * @param notes warnings about the figures, for the top of the page
 */
public record ReportData(
    EvaluationReport judged,
    Optional<RobustnessGrid> robustness,
    List<LossLog.Line> losses,
    Optional<Inside> inside,
    List<Run> runs,
    List<String> notes) {

  /**
   * Faces and what a network makes of them.
   *
   * @param domains names of the domain classifier's outputs, index 0 for real
   * @param faces some of the judged faces
   * @param insights one for each
   */
  public record Inside(
      List<String> domains, List<Labelled> faces, List<FaceExplanation> insights) {}

  /**
   * A run in a comparison, judged on the same faces.
   *
   * @param alpha share of cross-entropy in its loss, when its recipe is known
   * @param trained the domains it was trained on
   */
  public record Run(
      String name,
      OptionalDouble alpha,
      List<String> trained,
      Evaluation evaluation,
      List<ScoredFace> scored) {}
}
