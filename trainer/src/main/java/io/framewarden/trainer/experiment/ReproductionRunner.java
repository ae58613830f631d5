package io.framewarden.trainer.experiment;

import ai.djl.Device;
import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.dataset.DataRecipe;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.Bootstrap.Interval;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.Metric;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.experiment.Experiment.Column;
import io.framewarden.trainer.experiment.Reproduction.Cell;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.report.ReportData.Explanations;
import io.framewarden.trainer.report.RunPlots;
import io.framewarden.trainer.report.chart.Plot;
import io.framewarden.trainer.run.EvaluationRun;
import io.framewarden.trainer.run.FaceScoring;
import io.framewarden.trainer.run.NetworkScorer;
import io.framewarden.trainer.run.RunData;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.run.RunRecord;
import io.framewarden.trainer.run.TrainingRun;
import io.framewarden.trainer.training.TrainedDid;
import io.framewarden.trainer.training.TrainingConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Trains and tests the models of an experiment, one after the other. One use, one thread. */
public final class ReproductionRunner {
  private static final String TEST = "test";
  private static final double ANY_THRESHOLD = 0.5;

  private final Experiment experiment;
  private final NamedArchives archives;
  private final Function<BackboneKind, TrainingConfig> recipe;
  private final Setup setup;
  private final PrintWriter err;
  private final Map<String, List<Labelled>> tests = new LinkedHashMap<>();

  /**
   * What all models of a reproduction have in common.
   *
   * @param out folder for the runs
   * @param pretrained published weights by the backbone that starts from them
   * @param devices where the networks compute, at least one
   */
  public record Setup(
      Path out, Map<BackboneKind, Path> pretrained, List<Device> devices, Bootstrap bootstrap) {}

  /**
   * A runner of an experiment.
   *
   * @param archives of every data set that the experiment needs
   * @param recipe the training of a model on the paper's backbone, before an ablation
   * @param err where progress is reported
   */
  public ReproductionRunner(
      Experiment experiment,
      NamedArchives archives,
      Function<BackboneKind, TrainingConfig> recipe,
      Setup setup,
      PrintWriter err) {
    this.experiment = experiment;
    this.archives = archives;
    this.recipe = recipe;
    this.setup = setup;
    this.err = err;
  }

  /**
   * Trains what is not trained yet, tests every model, and compares with the paper.
   *
   * @throws UserError when the archives are of different extractions, or a folder holds another run
   * @throws InterruptedException when the process was told to end; what is done is in the folder
   */
  public Reproduction reproduce() throws IOException, InterruptedException {
    DataRecipe papers = DataRecipe.paper().with(Map.of(), leftOut());
    RunData data = RunData.read(archives.of(experiment.trainsOn()), papers).requireUnseenPeople();
    readTests(data.faces().extractions().keySet());
    List<Reproduction.Row> rows = new ArrayList<>();
    List<ReportData.Run> curves = new ArrayList<>();
    Explanations features = Explanations.NONE;
    for (Variant variant : experiment.variants()) {
      Recipe whole = new Recipe(variant.on(recipe.apply(variant.backbone())), papers);
      try (TrainedDid trained = train(variant, whole, data)) {
        Map<String, List<ScoredFace>> scored = score(trained);
        rows.add(row(variant, trained, scored));
        curves.add(curve(variant, trained, scored));
        if (experiment == Experiment.FIGURE_7) {
          features =
              EvaluationRun.explain(trained, tests.get(experiment.trainsOn())).beside(features);
        }
      }
    }
    Map<String, Plot> plots = new LinkedHashMap<>(RunPlots.features(features));
    if (curves.size() > 1) {
      plots.putAll(RunPlots.runs(curves));
    }
    return new Reproduction(experiment.paper(), rows, notes(data), plots);
  }

  /** The forgery methods in the archives trained on that the paper's data set does not have. */
  private List<String> leftOut() throws IOException {
    return FaceSetReader.read(archives.of(experiment.trainsOn())).fakeDomains().stream()
        .filter(domain -> !Experiment.isThePapers(experiment.trainsOn(), domain))
        .toList();
  }

  /** Trains a model in its folder, or resumes it, or finds it done. */
  private TrainedDid train(Variant variant, Recipe whole, RunData data)
      throws IOException, InterruptedException {
    String name =
        "%s-%s-%s"
            .formatted(experiment.trainsOn(), whole.training().network().backbone(), variant.key());
    RunFolder folder = new RunFolder(setup.out().resolve(name));
    Path weights = setup.pretrained().get(whole.training().network().backbone());
    RunRecord run =
        RunRecord.of(
            archives.of(experiment.trainsOn()), data, whole, RunRecord.Pretrained.of(weights));
    err.println(variant.title() + ": " + folder.path());
    err.flush();
    return new TrainingRun(run, data, folder, setup.devices(), err).trainOrResume(weights);
  }

  private void readTests(Set<String> extractions) throws IOException {
    for (Column column : experiment.columns()) {
      if (!tests.containsKey(column.data())) {
        FaceSet faces =
            FaceSetReader.read(archives.of(column.data()))
                .only(face -> Experiment.isThePapers(column.data(), face.domain()));
        if (!extractions.containsAll(faces.extractions().keySet())) {
          throw new UserError(
              "%s was extracted by another recipe than %s: extract both alike, or the metrics mix"
                      .formatted(column.data(), experiment.trainsOn())
                  + " two causes");
        }
        tests.put(column.data(), EvaluationFaces.unchanged(testPeople(column.data(), faces)));
      }
    }
  }

  /** Test people of the data set trained on; of others those labelled so, or all. */
  private FaceSet testPeople(String name, FaceSet faces) {
    boolean labelled = faces.faces().stream().anyMatch(f -> TEST.equalsIgnoreCase(f.split()));
    return labelled || name.equals(experiment.trainsOn()) ? IdentitySplit.of(faces).test() : faces;
  }

  private Map<String, List<ScoredFace>> score(TrainedDid trained) {
    Map<String, List<ScoredFace>> scored = new HashMap<>();
    tests.forEach(
        (name, faces) ->
            scored.put(
                name, FaceScoring.score("testing on " + name, faces, new NetworkScorer(trained))));
    return scored;
  }

  private Reproduction.Row row(
      Variant variant, TrainedDid trained, Map<String, List<ScoredFace>> scored) {
    TrainingConfig config = trained.config();
    String how =
        "%s, %d steps of %d".formatted(config.network().backbone(), trained.step(), config.batch());
    List<Cell> cells =
        experiment.columns().stream()
            .map(column -> cell(column, scored.get(column.data())))
            .toList();
    return new Reproduction.Row(experiment.paper(variant), variant.title(), how, cells);
  }

  private Cell cell(Column column, List<ScoredFace> all) {
    List<ScoredFace> faces =
        all.stream()
            .filter(
                face ->
                    !face.fake()
                        || column.domain().isEmpty()
                        || column.domain().equals(face.domain()))
            .toList();
    BinaryMetrics metrics = BinaryMetrics.of(faces, Calibration.none(), ANY_THRESHOLD);
    Map<Metric, Interval> intervals =
        setup.bootstrap().intervals(faces, Calibration.none(), ANY_THRESHOLD);
    return new Cell(
        metrics.values().get(column.metric()),
        intervals.get(column.metric()),
        column.metric() == Metric.AUC ? metrics.values().get(Metric.BLUR_AUC) : null);
  }

  /** The model's curve on the last data set, which is the one across data sets. */
  private ReportData.Run curve(
      Variant variant, TrainedDid trained, Map<String, List<ScoredFace>> scored) {
    List<Column> columns = experiment.columns();
    List<ScoredFace> faces = scored.get(columns.get(columns.size() - 1).data());
    List<String> domains = trained.domains().subList(1, trained.domains().size());
    Evaluation evaluation =
        Evaluation.of(
            faces, new TreeSet<>(domains), Calibration.none(), OperatingPoint.UNCALIBRATED);
    return new ReportData.Run(
        variant.title(),
        OptionalDouble.of(trained.config().loss().alpha()),
        domains,
        evaluation,
        faces);
  }

  /** What differs from the paper, and who was tested. */
  private List<String> notes(RunData data) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Trained on %d real and %d fake faces of %s."
            .formatted(
                data.train().reals().size(), data.train().fakes().size(), experiment.trainsOn()));
    tests.forEach(
        (name, faces) ->
            notes.add(
                "Tested on %d real and %d fake faces of %s, frame level."
                    .formatted(
                        faces.stream().filter(face -> !face.fake()).count(),
                        faces.stream().filter(Labelled::fake).count(),
                        name)));
    if (!data.recipe().holdOut().isEmpty()) {
      notes.add(
          "Left out of %s, as the paper does not have it: %s."
              .formatted(experiment.trainsOn(), String.join(", ", data.recipe().holdOut())));
    }
    for (Variant variant : experiment.variants()) {
      TrainingConfig config = recipe.apply(variant.backbone());
      if (!setup.pretrained().containsKey(config.network().backbone())) {
        notes.add(
            "%s: the backbone starts from random weights here, the paper's from ImageNet weights."
                .formatted(variant.title()));
      }
      if (config.network().backbone() != variant.backbone()) {
        notes.add(
            "%s: on %s instead of the paper's %s."
                .formatted(variant.title(), config.network().backbone(), variant.backbone()));
      }
    }
    notes.add("Beside each AUC stands what a mere blur measure reaches on the same faces.");
    return notes;
  }
}
