package io.framewarden.trainer.run;

import io.framewarden.trainer.dataset.KindStudy;
import io.framewarden.trainer.dataset.SplitPeople;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.probe.Probes;
import io.framewarden.trainer.report.EvaluationReport;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.report.ReportWriter;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report at the end of a run, beside its model. It is no part of the artifact: it shows faces
 * of the archives, which must not travel with a model.
 */
public final class RunReport {
  private static final int RESAMPLES = 500;

  /** Photographs for the sheets' numbers and for the probes, at most. */
  private static final int STUDIED = 250;

  private RunReport() {}

  /**
   * Writes it from what the publisher has scored already.
   *
   * @return the page
   */
  public static Path write(
      RunFolder folder, RunData data, TrainedDid trained, ArtifactPublisher.Published published)
      throws IOException {
    try (EvaluatedModel model = EvaluatedModel.open(folder.path());
        FaceScorer scorer = model.scorer(model.defaultEngine())) {
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("Model", model.title());
      metadata.put("Digest", published.model().digest());
      RunMetadata.recipe(trained.config(), metadata);
      metadata.put("Trained on", published.model().manifest().training().data());
      metadata.put("Domains trained on", String.join(", ", model.domains()));
      int people = (int) published.scored().stream().map(ScoredFace::identity).distinct().count();
      metadata.put(
          "Evaluated on",
          people == 0
              ? "nobody: there was no person that training did not see"
              : "%d faces of %s that training never saw"
                  .formatted(published.faces().size(), SplitPeople.count(people)));
      EvaluationReport report =
          EvaluationRun.report(
              model.reported(metadata),
              published.faces(),
              data.faces().groups(),
              published.scored(),
              new Bootstrap(RESAMPLES, Bootstrap.SEED));
      List<String> notes = new ArrayList<>(published.warnings());
      notes.addAll(EvaluationRun.notes(report));
      ReportData all =
          new ReportData(
              report,
              RobustnessGrid.NONE,
              model.losses(),
              EvaluationRun.explain(trained, published.faces()),
              List.of(EvaluationRun.row(model, report)),
              notes,
              training(data, scorer));
      return ReportWriter.write(all, folder.report());
    }
  }

  private static ReportData.Training training(RunData data, FaceScorer scorer) {
    return data.recipe().mix().isEmpty()
        ? ReportData.Training.NONE
        : new ReportData.Training(
            KindStudy.of(
                data.test(), data.recipe().mix().kinds(), STUDIED, data.recipe().degradation()),
            Probes.of(data.test(), STUDIED, scorer));
  }
}
