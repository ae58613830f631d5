package io.framewarden.trainer.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.report.EvaluationReport;
import io.framewarden.trainer.report.MetricsJson;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.report.ReportWriter;
import io.framewarden.trainer.run.EvaluatedModel;
import io.framewarden.trainer.run.EvaluationData;
import io.framewarden.trainer.run.EvaluationRun;
import io.framewarden.trainer.run.FaceScoring;
import io.framewarden.trainer.run.ParityCheckingScorer;
import io.framewarden.trainer.run.RunMetadata;
import io.framewarden.trainer.run.RunSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code framewarden evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Judges a model on face archives.",
      "AUC, EER, AP, ACC, TPR at fixed FPR, ECE, overall, by forgery domain and by video, with",
      "confidence intervals, beside what a mere blur measure reaches. A figure that needs both"
          + " classes",
      "is left out where there is one."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description = "A model artifact, a run folder, or a checkpoint (.safetensors).")
  private Path named;

  @Mixin private EvaluationData judgedFaces;

  @Option(
      names = "--engine",
      description = {
        "Where scores are computed: ${COMPLETION-CANDIDATES} (default: onnx for an artifact, else",
        "djl). With both, their logits must agree to 1e-4."
      })
  private EvaluatedModel.Engine engine;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description = "Resamples for 95 %% confidence intervals, 0 for none (${DEFAULT-VALUE}).",
      defaultValue = "1000")
  private int resamples;

  @Option(
      names = "--robustness",
      description = "Judge worn faces too: nine corruptions, five levels each.")
  private boolean robustness;

  @Option(
      names = "--robustness-faces",
      paramLabel = "N",
      description = "Faces to wear and score at each level, at most (${DEFAULT-VALUE}).",
      defaultValue = "400")
  private int robustnessFaces;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html, metrics.json and charts there.")
  private Path report;

  @Option(
      names = "--beside",
      paramLabel = "MODEL",
      arity = "1..*",
      description =
          "Hold these models beside it on the same faces, e.g. runs of other domains or alphas.")
  private List<Path> beside = List.of();

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Bootstrap bootstrap = new Bootstrap(resamples, Bootstrap.SEED);
    if (robustnessFaces < 1) {
      throw new UserError("--robustness-faces is at least 1, not " + robustnessFaces);
    }
    try (EvaluatedModel model = EvaluatedModel.open(named)) {
      EvaluationData.Chosen chosen = judgedFaces.read(model.trainedOn());
      EvaluatedModel.Engine used = engine == null ? model.usual() : engine;
      RunMetadata facts = new RunMetadata(model, chosen, judgedFaces.archives(), used);
      facts.warnings().forEach(warning -> System.err.println("warning: " + warning));
      try (FaceScorer scorer = model.scorer(used)) {
        EvaluationReport judged =
            EvaluationRun.judge(model, chosen.faces(), scorer, bootstrap, facts.named());
        Optional<RobustnessGrid> grid = grid(chosen.faces(), agreed(scorer));
        List<ReportData.Run> runs = runs(model, judged);
        if (report != null) {
          System.err.println("report: " + write(model, judged, grid, runs, facts));
        }
        print(model, judged, grid, runs);
      }
    }
    return 0;
  }

  /** Tells how well two engines agreed; worn faces are then the graph's alone. */
  private static FaceScorer agreed(FaceScorer scorer) {
    if (scorer instanceof ParityCheckingScorer both) {
      System.err.printf("the engines' logits differ by at most %.1e%n", both.most());
      return both.graph();
    }
    return scorer;
  }

  private Optional<RobustnessGrid> grid(List<Labelled> faces, FaceScorer scorer) {
    return robustness
        ? Optional.of(
            RobustnessGrid.of(
                faces, robustnessFaces, (task, worn) -> FaceScoring.score(task, worn, scorer)))
        : Optional.empty();
  }

  /** The model itself and those beside it, all on the same faces. */
  private List<ReportData.Run> runs(EvaluatedModel model, EvaluationReport judged)
      throws IOException {
    List<ReportData.Run> runs = new ArrayList<>(List.of(EvaluationRun.row(model, judged)));
    for (Path other : beside) {
      try (EvaluatedModel next = EvaluatedModel.open(other);
          FaceScorer scorer = next.scorer(next.usual())) {
        EvaluationReport there =
            EvaluationRun.judge(
                next, judged.faces(), scorer, new Bootstrap(0, Bootstrap.SEED), judged.facts());
        runs.add(EvaluationRun.row(next, there));
      }
    }
    return runs;
  }

  private Path write(
      EvaluatedModel model,
      EvaluationReport judged,
      Optional<RobustnessGrid> grid,
      List<ReportData.Run> runs,
      RunMetadata facts)
      throws IOException {
    List<String> notes = new ArrayList<>(facts.warnings());
    notes.addAll(EvaluationRun.notes(judged));
    Optional<ReportData.Inside> inside =
        model.hasNetwork()
            ? Optional.of(EvaluationRun.inside(model.network(), judged.faces()))
            : Optional.empty();
    return ReportWriter.write(
        new ReportData(judged, grid, model.losses(), inside, runs, notes), report);
  }

  private void print(
      EvaluatedModel model,
      EvaluationReport judged,
      Optional<RobustnessGrid> grid,
      List<ReportData.Run> runs)
      throws IOException {
    if (!json) {
      System.out.println(judged.title());
      System.out.println(
          RunSummary.table(judged.evaluation().named(EvaluationReport.PREFIX), judged.intervals()));
      grid.ifPresent(worn -> System.out.println(RunSummary.robustness(worn)));
      if (runs.size() > 1) {
        System.out.println(RunSummary.runs(runs));
      }
      return;
    }
    ObjectNode object = MetricsJson.figures(judged);
    object.put("model", model.artifact().map(a -> a.manifest().name()).orElse(model.name()));
    model.artifact().ifPresent(artifact -> identify(artifact, object));
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    object.set(
        "archives",
        mapper.valueToTree(judgedFaces.archives().stream().map(Path::toString).toList()));
    grid.ifPresent(worn -> object.set("robustness", MetricsJson.robustness(worn)));
    if (runs.size() > 1) {
      object.set("runs", MetricsJson.runs(runs));
    }
    System.out.println(mapper.writeValueAsString(object));
  }

  private static void identify(ModelArtifact artifact, ObjectNode object) {
    object.put("version", artifact.manifest().version());
    object.put("digest", artifact.digest());
  }
}
