package io.framewarden.trainer.run;

import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.report.EvaluationReport;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.report.ReportWriter;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report at the end of a run, beside its model. It is no part of the artifact: it shows faces
 * of the archives, which are not to travel with a model.
 */
public final class RunReport {
  private static final String FOLDER = "report";
  private static final int RESAMPLES = 500;

  private RunReport() {}

  /** Writes it from what the publication has scored already. */
  public static Path write(
      Path runFolder, TrainedDid trained, ArtifactPublisher.Published published)
      throws IOException {
    try (EvaluatedModel model = EvaluatedModel.open(runFolder)) {
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("Model", model.title());
      facts.put("Digest", published.model().digest());
      RunMetadata.recipe(trained.config(), facts);
      facts.put("Trained on", published.model().manifest().training().data());
      facts.put("Domains trained on", String.join(", ", model.domains()));
      facts.put("Judged on", published.faces().size() + " faces of people that training never saw");
      EvaluationReport judged =
          EvaluationRun.judged(
              model,
              published.faces(),
              published.scored(),
              new Bootstrap(RESAMPLES, Bootstrap.SEED),
              facts);
      ReportData data =
          new ReportData(
              judged,
              Optional.empty(),
              model.losses(),
              Optional.of(EvaluationRun.inside(trained, published.faces())),
              List.of(EvaluationRun.row(model, judged)),
              EvaluationRun.notes(judged));
      return ReportWriter.write(data, runFolder.resolve(FOLDER));
    }
  }
}
