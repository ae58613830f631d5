package io.framewarden.trainer.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.report.EvaluationReport;
import io.framewarden.trainer.report.MetricsJson;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.report.ReportData.Explanations;
import io.framewarden.trainer.report.ReportData.Training;
import io.framewarden.trainer.report.ReportWriter;
import io.framewarden.trainer.report.ScoresCsv;
import io.framewarden.trainer.run.EvaluatedModel;
import io.framewarden.trainer.run.EvaluationData;
import io.framewarden.trainer.run.EvaluationRun;
import io.framewarden.trainer.run.FaceScoring;
import io.framewarden.trainer.run.ParityCheckingScorer;
import io.framewarden.trainer.run.RunMetadata;
import io.framewarden.trainer.run.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code framewarden evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Evaluates a model on face archives.",
      "AUC, EER, AP, ACC, TPR at fixed FPR, ECE, overall, by forgery domain, by video and by the",
      "groups of people that the archives name, with confidence intervals, beside what a mere blur",
      "measure reaches. A metric that needs both classes is left out where there is one."
    })
final class EvaluateCommand implements Callable<Integer> {

  @Mixin private EvaluatedOptions options;

  @Option(
      names = "--forge",
      split = ",",
      paramLabel = "KIND",
      description = "Make pseudo-fakes of these kinds from the real faces, and evaluate on those.")
  private List<String> forge = List.of();

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
      description = "Evaluate on corrupted faces too: nine corruptions, five levels each.")
  private boolean robustness;

  @Option(
      names = "--robustness-faces",
      paramLabel = "N",
      description = "Faces to corrupt and score at each level, at most (${DEFAULT-VALUE}).",
      defaultValue = "400")
  private int robustnessFaces;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html, metrics.json and charts there.")
  private Path reportFolder;

  @Option(
      names = "--scores",
      paramLabel = "CSV",
      description = {
        "Write every face's score there: video, identity, domain, fake, logit, probability,",
        "blur."
      })
  private Path scores;

  @Option(
      names = "--beside",
      paramLabel = "MODEL",
      arity = "1..*",
      description =
          "Compare these models with it on the same faces, e.g. runs of other domains or alphas; a"
              + " --plain one is the report's t-SNE of a backbone.")
  private List<Path> others = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Bootstrap bootstrap = new Bootstrap(resamples, Bootstrap.SEED);
    if (robustnessFaces < 1) {
      throw new UserError("--robustness-faces is at least 1, not " + robustnessFaces);
    }
    PrintWriter err = spec.commandLine().getErr();
    try (EvaluatedModel model = EvaluatedModel.open(options.model())) {
      if (robustness && !model.shape().equals(FaceSetReader.OWN)) {
        throw new UserError(
            "--robustness corrupts %s, not the %s that the model takes; leave it out"
                .formatted(FaceSetReader.OWN, model.shape()));
      }
      EvaluationData data = EvaluationData.read(options.archives(), model, options.people(), forge);
      if (data.trainedOn()) {
        err.printf(
            "the model was trained on these archives: evaluating %s people%n", data.people());
      }
      EvaluatedModel.Engine used = engine == null ? model.defaultEngine() : engine;
      RunMetadata metadata = new RunMetadata(model, data, used);
      metadata.warnings().forEach(warning -> err.println("warning: " + warning));
      err.flush();
      try (FaceScorer scorer = model.scorer(used)) {
        EvaluationReport report =
            EvaluationRun.evaluate(
                model, data.faces(), data.set().groups(), scorer, bootstrap, metadata.named());
        if (scores != null) {
          ScoresCsv.write(report, scores);
        }
        RobustnessGrid grid = robustness(report, graphOf(scorer));
        List<ReportData.Run> runs = runs(model, report);
        if (reportFolder != null) {
          List<String> notes = new ArrayList<>(metadata.warnings());
          notes.addAll(EvaluationRun.notes(report));
          Explanations explanations = EvaluationRun.explain(model, others, report.faces());
          ReportData all =
              new ReportData(
                  report, grid, model.losses(), explanations, runs, notes, Training.NONE);
          err.println("report: " + ReportWriter.write(all, reportFolder));
        }
        spec.commandLine()
            .getOut()
            .println(options.json() ? json(model, report, grid, runs) : text(report, grid, runs));
      }
    }
    return 0;
  }

  /** Reports how well two engines agreed; corrupted faces are then scored by the graph alone. */
  private FaceScorer graphOf(FaceScorer scorer) {
    if (scorer instanceof ParityCheckingScorer both) {
      spec.commandLine()
          .getErr()
          .printf("the engines' logits differ by at most %.1e%n", both.maxDifference());
      return both.graph();
    }
    return scorer;
  }

  private RobustnessGrid robustness(EvaluationReport report, FaceScorer scorer) {
    return robustness
        ? RobustnessGrid.of(
            report.faces(),
            robustnessFaces,
            (task, corrupted) -> FaceScoring.score(task, corrupted, scorer))
        : RobustnessGrid.NONE;
  }

  /** The model itself and those to compare with it, all on the same faces. */
  private List<ReportData.Run> runs(EvaluatedModel model, EvaluationReport report)
      throws IOException {
    List<ReportData.Run> runs = new ArrayList<>(List.of(EvaluationRun.row(model, report)));
    Bootstrap none = new Bootstrap(0, Bootstrap.SEED);
    for (Path path : others) {
      try (EvaluatedModel other = EvaluatedModel.open(path);
          FaceScorer scorer = other.scorer(other.defaultEngine())) {
        runs.add(
            EvaluationRun.row(
                other,
                EvaluationRun.evaluate(
                    other, report.faces(), Map.of(), scorer, none, report.model().metadata())));
      }
    }
    return runs;
  }

  private static String text(
      EvaluationReport report, RobustnessGrid grid, List<ReportData.Run> runs) {
    List<String> parts = new ArrayList<>();
    parts.add(report.model().title());
    parts.add(
        RunSummary.table(report.evaluation().named(EvaluationReport.PREFIX), report.intervals()));
    if (!grid.isEmpty()) {
      parts.add(RunSummary.robustness(grid));
    }
    if (runs.size() > 1) {
      parts.add(RunSummary.runs(runs));
    }
    return String.join(System.lineSeparator(), parts);
  }

  private String json(
      EvaluatedModel model, EvaluationReport report, RobustnessGrid grid, List<ReportData.Run> runs)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode object = MetricsJson.metrics(report);
    object.put("model", model.artifact().map(a -> a.manifest().name()).orElse(model.name()));
    model
        .artifact()
        .ifPresent(
            artifact ->
                object
                    .put("version", artifact.manifest().version())
                    .put("digest", artifact.digest()));
    object.set(
        "archives", mapper.valueToTree(options.archives().stream().map(Path::toString).toList()));
    if (!grid.isEmpty()) {
      object.set("robustness", MetricsJson.robustness(grid));
    }
    if (runs.size() > 1) {
      object.set("runs", MetricsJson.runs(runs));
    }
    return mapper.writeValueAsString(object);
  }
}
