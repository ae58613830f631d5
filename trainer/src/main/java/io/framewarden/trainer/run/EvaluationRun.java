package io.framewarden.trainer.run;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.SplitPeople;
import io.framewarden.trainer.did.DidInspector;
import io.framewarden.trainer.did.FaceExplanation;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.Metric;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.report.EvaluationReport;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.report.ReportData.Explanations;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/** From a model and faces to metrics, and to what a report says beside them. Stateless. */
public final class EvaluationRun {
  /** Faces that are explained: enough for an image of each domain. */
  private static final int MAX_EXPLAINED = 1_500;

  private static final long SEED = 20_240_605;

  private EvaluationRun() {}

  /**
   * The model's metrics on the faces.
   *
   * @param people what is known of people, by their identities, for metrics by group
   * @param metadata what a reader must know of model and faces, see {@link RunMetadata}
   */
  public static EvaluationReport evaluate(
      EvaluatedModel model,
      List<Labelled> faces,
      Map<String, Map<String, String>> people,
      FaceScorer scorer,
      Bootstrap bootstrap,
      Map<String, String> metadata)
      throws IOException {
    List<ScoredFace> scored = FaceScoring.score("evaluating", faces, scorer);
    return report(model.reported(metadata), faces, people, scored, bootstrap);
  }

  /** The metrics of scores that have been computed already, in the order of the faces. */
  static EvaluationReport report(
      EvaluationReport.Model model,
      List<Labelled> faces,
      Map<String, Map<String, String>> people,
      List<ScoredFace> scored,
      Bootstrap bootstrap) {
    var point = model.operatingPoints().get(0);
    Map<String, List<ScoredFace>> sets = Evaluation.group(scored, model.domains());
    Evaluation.byPeople(scored, people)
        .forEach((name, some) -> sets.put(Evaluation.GROUP + name, some));
    return new EvaluationReport(
        model,
        faces,
        scored,
        Evaluation.of(sets, model.calibration(), point),
        Evaluation.intervals(EvaluationReport.PREFIX, sets, model.calibration(), point, bootstrap));
  }

  /**
   * What a model attends to in a seeded choice of the faces; nothing where it is an artifact only.
   *
   * @param others models that it is compared with: the first baseline of them is explained too
   */
  public static Explanations explain(EvaluatedModel model, List<Path> others, List<Labelled> faces)
      throws IOException {
    if (!model.hasNetwork()) {
      return Explanations.NONE;
    }
    Explanations explanations = explain(model.network(), faces);
    for (Path path : others) {
      try (EvaluatedModel other = EvaluatedModel.open(path)) {
        if (other.hasNetwork() && other.network().isBaseline()) {
          return explanations.beside(explain(other.network(), faces));
        }
      }
    }
    return explanations;
  }

  /** What the network attends to in a seeded choice of the faces. */
  public static Explanations explain(TrainedDid trained, List<Labelled> faces) {
    if (faces.isEmpty()) {
      return Explanations.NONE;
    }
    List<Labelled> shuffled = new ArrayList<>(faces);
    Collections.shuffle(shuffled, new Random(SEED));
    List<Labelled> chosen =
        List.copyOf(shuffled.subList(0, Math.min(MAX_EXPLAINED, shuffled.size())));
    byte[][] pixels = chosen.stream().map(Labelled::pixels).toArray(byte[][]::new);
    List<FaceExplanation> each = new DidInspector(trained.network()).inspect(pixels);
    return new Explanations(
        trained.domains(), chosen, each, trained.isBaseline() ? each : List.of());
  }

  /** The model as a row of a comparison. */
  public static ReportData.Run row(EvaluatedModel model, EvaluationReport report) {
    return new ReportData.Run(
        model.name(),
        model.alpha(),
        List.copyOf(report.model().domains()),
        report.evaluation(),
        report.scored());
  }

  /** Warnings that belong beside the metrics. */
  public static List<String> notes(EvaluationReport report) {
    List<String> notes = new ArrayList<>();
    if (report.scored().isEmpty()) {
      return notes;
    }
    boolean pseudoFakes =
        report.scored().stream().anyMatch(face -> Forgeries.names().contains(face.domain()));
    if (pseudoFakes) {
      notes.add(
          "Some of these fakes are pseudo-fakes, made from real faces by image operations: metrics"
              + " on them say little about deepfakes in the wild.");
    }
    OptionalDouble auc = report.evaluation().frames().auc();
    OptionalDouble blur = report.evaluation().frames().get(Metric.BLUR_AUC);
    if (auc.isEmpty()) {
      notes.add("One class only: metrics that need both are absent.");
    } else if (auc.getAsDouble() <= blur.orElse(0)) {
      notes.add("A one-line blur measure tells these faces apart at least as well as the model.");
    }
    int people = report.evaluation().frames().people();
    if (people < SplitPeople.MIN_TEST) {
      notes.add(
          "The metrics are of %s only: %s."
              .formatted(
                  SplitPeople.count(people),
                  people == 1 ? "there are no intervals" : "intervals are rough"));
    }
    return notes;
  }
}
