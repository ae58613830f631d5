package io.framewarden.trainer.run;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.did.DidInspector;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.forgery.Forgeries;
import io.framewarden.trainer.report.EvaluationReport;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.report.ReportData.Inside;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeSet;

/** From a model and faces to figures, and to what a report says beside them. */
public final class EvaluationRun {
  /** Faces that are looked into: enough for an image of each domain. */
  private static final int MOST_INSIDE = 1_500;

  private static final int FEW_PEOPLE = 30;
  private static final long SEED = 20_240_605;

  private EvaluationRun() {}

  /** The model's figures on the faces. */
  public static EvaluationReport judge(
      EvaluatedModel model,
      List<Labelled> faces,
      FaceScorer scorer,
      Bootstrap bootstrap,
      Map<String, String> facts)
      throws IOException {
    return judged(model, faces, FaceScoring.score("evaluating", faces, scorer), bootstrap, facts);
  }

  /** As {@link #judge}, from scores that are there. */
  static EvaluationReport judged(
      EvaluatedModel model,
      List<Labelled> faces,
      List<ScoredFace> scored,
      Bootstrap bootstrap,
      Map<String, String> facts)
      throws IOException {
    TreeSet<String> domains = new TreeSet<>(model.domains());
    var point = model.points().get(0);
    return new EvaluationReport(
        model.title(),
        facts,
        model.calibration(),
        model.points(),
        domains,
        faces,
        scored,
        Evaluation.of(scored, domains, model.calibration(), point),
        Evaluation.intervals(
            EvaluationReport.PREFIX, scored, domains, model.calibration(), point, bootstrap));
  }

  /** What the network makes of a seeded choice of the faces. */
  public static Inside inside(TrainedDid trained, List<Labelled> faces) {
    List<Labelled> some = new ArrayList<>(faces);
    Collections.shuffle(some, new Random(SEED));
    List<Labelled> chosen = List.copyOf(some.subList(0, Math.min(MOST_INSIDE, some.size())));
    byte[][] pixels = chosen.stream().map(Labelled::pixels).toArray(byte[][]::new);
    return new Inside(
        trained.domains(), chosen, new DidInspector(trained.network()).inspect(pixels));
  }

  /** The model as a row of a comparison. */
  public static ReportData.Run row(EvaluatedModel model, EvaluationReport judged) {
    return new ReportData.Run(
        model.name(),
        model.alpha(),
        List.copyOf(judged.trained()),
        judged.evaluation(),
        judged.scored());
  }

  /** Warnings that belong beside the figures. */
  public static List<String> notes(EvaluationReport judged) {
    List<String> notes = new ArrayList<>();
    boolean standIns =
        judged.scored().stream().anyMatch(face -> Forgeries.names().contains(face.domain()));
    if (standIns) {
      notes.add(
          "Some of these fakes were made from real faces by image operations. They are stand-ins"
              + " for deepfakes: figures on them say little about deepfakes in the wild.");
    }
    OptionalDouble auc = judged.evaluation().frames().auc();
    OptionalDouble blur = judged.evaluation().frames().blurAuc();
    if (auc.isEmpty()) {
      notes.add("One class only: figures that need both are absent.");
    } else if (auc.getAsDouble() <= blur.orElse(0)) {
      notes.add("A one-line blur measure tells these faces apart at least as well as the model.");
    }
    long people = judged.scored().stream().map(ScoredFace::identity).distinct().count();
    if (people < FEW_PEOPLE) {
      notes.add("The faces are of %d people only: intervals are rough.".formatted(people));
    }
    return notes;
  }
}
