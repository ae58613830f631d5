package io.framewarden.trainer.experiment;

import ai.djl.Device;
import io.framewarden.runtime.command.UserError;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.trainer.backbone.BackboneKind;
import io.framewarden.trainer.dataset.DataRecipe;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.Bootstrap;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.Interval;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.experiment.Experiment.Column;
import io.framewarden.trainer.experiment.Experiment.Metric;
import io.framewarden.trainer.experiment.Reproduction.Cell;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.report.ReportData;
import io.framewarden.trainer.run.EvaluatedModel;
import io.framewarden.trainer.run.FaceScoring;
import io.framewarden.trainer.run.NamedArchives;
import io.framewarden.trainer.run.NetworkScorer;
import io.framewarden.trainer.run.RunData;
import io.framewarden.trainer.run.RunRecord;
import io.framewarden.trainer.run.TrainingRun;
import io.framewarden.trainer.training.TrainedDid;
import io.framewarden.trainer.training.TrainingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;

/** Trains and tests the models of an experiment, one after the other. One use, one thread. */
public final class ReproductionRunner {
  private static final String TEST = "test";
  private static final double ANY_THRESHOLD = 0.5;

  private final Experiment experiment;
  private final NamedArchives archives;
  private final Path out;
  private final Function<BackboneKind, TrainingConfig> recipe;
  private final Map<BackboneKind, Path> pretrained;
  private final List<Device> devices;
  private final Bootstrap bootstrap;
  private final Map<String, List<Labelled>> tests = new LinkedHashMap<>();

  public ReproductionRunner(
      Experiment experiment,
      NamedArchives archives,
      Path out,
      Function<BackboneKind, TrainingConfig> recipe,
      Map<BackboneKind, Path> pretrained,
      List<Device> devices,
      Bootstrap bootstrap) {
    this.experiment = experiment;
    this.archives = archives;
    this.out = out;
    this.recipe = recipe;
    this.pretrained = pretrained;
    this.devices = devices;
    this.bootstrap = bootstrap;
  }

  public Reproduction reproduce() throws IOException, InterruptedException {
    RunData data = RunData.read(archives.of(experiment.trainsOn()), DataRecipe.paper());
    readTests(data.faces().extractionDigest());
    List<Reproduction.Row> rows = new ArrayList<>();
    List<ReportData.Run> curves = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      Recipe whole = new Recipe(variant.on(recipe.apply(variant.backbone())), DataRecipe.paper());
      try (TrainedDid trained = trained(variant, whole, data)) {
        Map<String, List<ScoredFace>> scored = scored(trained);
        rows.add(row(variant, trained, scored));
        curves.add(curve(variant, trained, scored));
      }
    }
    return new Reproduction(experiment.paper(), rows, notes(data), curves);
  }

  /** Trains a model in its folder, or goes on with it, or finds it done. */
  private TrainedDid trained(Variant variant, Recipe whole, RunData data)
      throws IOException, InterruptedException {
    String name =
        "%s-%s-%s"
            .formatted(experiment.trainsOn(), whole.training().network().backbone(), variant.key());
    Path folder = out.resolve(name);
    Path weights = pretrained.get(whole.training().network().backbone());
    RunRecord run =
        RunRecord.of(
            archives.of(experiment.trainsOn()), data, whole, RunRecord.Pretrained.of(weights));
    System.err.println(variant.row() + ": " + folder);
    return TrainingRun.inFolder(run, data, folder, weights, devices);
  }

  private void readTests(String extraction) throws IOException {
    for (Column column : experiment.columns()) {
      if (!tests.containsKey(column.data())) {
        FaceSet faces = FaceSetReader.read(archives.of(column.data()));
        if (!faces.extractionDigest().equals(extraction)) {
          throw new UserError(
              "%s was extracted by another recipe than %s: extract both alike, or the figures mix"
                      .formatted(column.data(), experiment.trainsOn())
                  + " two causes");
        }
        tests.put(column.data(), EvaluationFaces.asTheyAre(tested(column.data(), faces)));
      }
    }
  }

  /** Test people of the data set trained on; of others those labelled so, or all. */
  private FaceSet tested(String name, FaceSet faces) {
    boolean labelled = faces.faces().stream().anyMatch(f -> TEST.equalsIgnoreCase(f.split()));
    return labelled || name.equals(experiment.trainsOn()) ? IdentitySplit.of(faces).test() : faces;
  }

  private Map<String, List<ScoredFace>> scored(TrainedDid trained) {
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
    return new Reproduction.Row(variant.row(), how, cells);
  }

  private Cell cell(Column column, List<ScoredFace> all) {
    List<ScoredFace> faces =
        all.stream()
            .filter(
                face ->
                    !face.fake()
                        || column.domain().isEmpty()
                        || column.domain().get().equals(face.domain()))
            .toList();
    BinaryMetrics figures = BinaryMetrics.of(faces, Calibration.none(), ANY_THRESHOLD);
    Map<String, Interval> intervals = bootstrap.intervals(faces, Calibration.none(), ANY_THRESHOLD);
    boolean auc = column.metric() == Metric.AUC;
    return new Cell(
        auc ? figures.auc() : figures.eer(),
        Optional.ofNullable(intervals.get(auc ? "auc" : "eer")),
        auc ? figures.blurAuc() : OptionalDouble.empty());
  }

  /** The model's curve on the last data set, which is the one across data sets. */
  private ReportData.Run curve(
      Variant variant, TrainedDid trained, Map<String, List<ScoredFace>> scored) {
    List<Column> columns = experiment.columns();
    List<ScoredFace> faces = scored.get(columns.get(columns.size() - 1).data());
    List<String> domains = trained.domains().subList(1, trained.domains().size());
    Evaluation evaluation =
        Evaluation.of(faces, new TreeSet<>(domains), Calibration.none(), EvaluatedModel.UNCHOSEN);
    return new ReportData.Run(
        variant.row(),
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
    notes.add("Half of each batch is real here; the paper does not say.");
    for (Variant variant : experiment.variants()) {
      TrainingConfig config = recipe.apply(variant.backbone());
      if (!pretrained.containsKey(config.network().backbone())) {
        notes.add(
            "%s: the backbone starts from nothing here, the paper's from ImageNet weights."
                .formatted(variant.row()));
      }
      if (config.network().backbone() != variant.backbone()) {
        notes.add(
            "%s: on %s instead of the paper's %s."
                .formatted(variant.row(), config.network().backbone(), variant.backbone()));
      }
    }
    notes.add("Beside each AUC stands what a mere blur measure reaches on the same faces.");
    return notes;
  }
}
