package io.framewarden.trainer.report;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.KindStudy;
import io.framewarden.trainer.did.FaceExplanation;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.probe.Probe;
import io.framewarden.trainer.training.LossLog;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Everything that a report shows.
 *
 * @param robustness {@link RobustnessGrid#NONE} when it was not asked for
 * @param losses of the run's steps; empty when the run is not at hand
 * @param explanations of some of the faces; {@link Explanations#NONE} without a checkpoint
 * @param runs this run and those it is compared with; one or none means that there is nothing to
 *     compare
 * @param notes warnings about the metrics, for the top of the page
 * @param training what a model was trained on; {@link Training#NONE} in an evaluation
 */
public record ReportData(
    EvaluationReport report,
    RobustnessGrid robustness,
    List<LossLog.Line> losses,
    Explanations explanations,
    List<Run> runs,
    List<String> notes,
    Training training) {

  /**
   * Pseudo-fakes of people whom the model does not know, as it was trained on, and the probes.
   *
   * @param kinds empty where no pseudo-fakes were made
   * @param probes empty where there were no photographs to probe with
   */
  public record Training(List<KindStudy> kinds, List<Probe> probes) {
    /** Nothing was trained. */
    public static final Training NONE = new Training(List.of(), List.of());
  }

  /**
   * Faces and what a network attends to in them.
   *
   * @param domains names of the domain classifier's outputs, index 0 for real
   * @param faces some of the evaluated faces
   * @param each one explanation for each face
   * @param baseline what a plain backbone that learnt by cross-entropy alone makes of each face,
   *     for the paper's figure 7a; empty where none is at hand
   */
  public record Explanations(
      List<String> domains,
      List<Labelled> faces,
      List<FaceExplanation> each,
      List<FaceExplanation> baseline) {
    /** Without a network there is nothing to explain. */
    public static final Explanations NONE =
        new Explanations(List.of(), List.of(), List.of(), List.of());

    /** The same beside the baseline's explanations of the same faces. */
    public Explanations beside(Explanations ofBaseline) {
      return new Explanations(domains, faces, each, ofBaseline.each());
    }

    boolean isEmpty() {
      return each.isEmpty();
    }

    /** Whether the network has a domain branch. */
    boolean hasDomains() {
      return !isEmpty() && each.stream().allMatch(face -> face.domain().isPresent());
    }
  }

  /**
   * A run in a comparison, evaluated on the same faces.
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

  /** Whether there are several runs to compare. */
  boolean hasComparison() {
    return runs.size() > 1;
  }

  /** The same with another note at the end. */
  ReportData withNote(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new ReportData(
        report, robustness, losses, explanations, runs, List.copyOf(all), training);
  }
}
