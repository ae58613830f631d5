package io.framewarden.trainer.run;

import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.report.EvaluationReport;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.report.ReportWriter;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report at the end of a run, beside its model. It is no part of the artifact: it shows faces
 * of the archives, which must not travel with a model.
 */
public final class RunReport {
  private static final int RESAMPLES = 500;

  private RunReport() {}

  /**
   * Writes it from what the publisher has scored already.
   *
   * @return the page
   */
  public static Path write(
      RunFolder folder, TrainedDid trained, ArtifactPublisher.Published published)
      throws IOException {
    try (EvaluatedModel model = EvaluatedModel.open(folder.path())) {
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("Model", model.title());
      metadata.put("Digest", published.model().digest());
      RunMetadata.recipe(trained.config(), metadata);
      metadata.put("Trained on", published.model().manifest().training().data());
      metadata.put("Domains trained on", String.join(", ", model.domains()));
      metadata.put(
          "Evaluated on", published.faces().size() + " faces of people that training never saw");
      EvaluationReport report =
          EvaluationRun.report(
              model.reported(metadata),
              published.faces(),
              published.scored(),
              new Bootstrap(RESAMPLES, Bootstrap.SEED));
      ReportData data =
          new ReportData(
              report,
              RobustnessGrid.NONE,
              model.losses(),
              EvaluationRun.explain(trained, published.faces()),
              List.of(EvaluationRun.row(model, report)),
              EvaluationRun.notes(report));
      return ReportWriter.write(data, folder.report());
    }
  }
}
