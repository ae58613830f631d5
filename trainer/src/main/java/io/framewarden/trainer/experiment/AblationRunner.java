package io.framewarden.trainer.experiment;

import ai.djl.Device;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.experiment.AblationFolder.Run;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.run.RunData;
import io.framewarden.trainer.run.RunFolder;
import io.framewarden.trainer.run.RunRecord;
import io.framewarden.trainer.run.TrainingRun;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains and evaluates the models of an ablation, one after the other. One use, one thread. */
public final class AblationRunner {
  private final Setup setup;
  private final RunData data;
  private final AblationEvaluator evaluator;
  private final PrintWriter err;
  private final AblationFolder folder;
  private final RunRecord.Pretrained pretrained;
  private final List<Variant> all;

  /**
   * What all models of an ablation have in common.
   *
   * @param archives with the faces to train and test on
   * @param base the whole method's recipe; its seed is not used
   * @param out folder for the runs and the table
   * @param devices where the networks compute, at least one
   * @param weights published weights that every model starts from, or null
   */
  public record Setup(
      List<Path> archives, Recipe base, Path out, List<Device> devices, Path weights) {}

  /**
   * A runner on data that was read from the setup's archives.
   *
   * @param err where progress is reported
   */
  public AblationRunner(Setup setup, RunData data, AblationEvaluator evaluator, PrintWriter err)
      throws IOException {
    this.setup = setup;
    this.data = data;
    this.evaluator = evaluator;
    this.err = err;
    this.folder = new AblationFolder(setup.out());
    this.pretrained = RunRecord.Pretrained.of(setup.weights());
    this.all = Ablations.of(setup.base().training());
  }

  /**
   * Does what is left to do, seed by seed, and writes the table after each run.
   *
   * @param variants keys of the rows to train
   * @return the table of all runs in the folder
   * @throws UserError when the folder holds a run of another recipe
   * @throws InterruptedException when the process was told to end; what is done is in the folder
   */
  public AblationTable run(List<String> variants, List<Long> seeds)
      throws IOException, InterruptedException {
    List<Run> wanted = new ArrayList<>();
    for (long seed : seeds) {
      all.stream()
          .filter(variant -> variants.contains(variant.key()))
          .forEach(variant -> wanted.add(new Run(variant, seed)));
    }
    for (Run run : folder.started(all)) {
      Path path = folder.of(run).path();
      record(run).checkContinues(RunRecord.read(path), path);
    }
    for (Run run : wanted) {
      if (complete(run)) {
        table(wanted).write(folder.folder());
      }
    }
    AblationTable table = table(wanted);
    table.write(folder.folder());
    return table;
  }

  /** Does what is left of a run; false when it is done already or another process is on it. */
  private boolean complete(Run run) throws IOException, InterruptedException {
    try (RunFolder.Lock lock = folder.of(run).tryLock().orElse(null)) {
      if (lock == null) {
        print(run.name() + ": another process is on it");
        return false;
      }
      if (folder.scores(run, evaluator.tested()).isPresent()) {
        print(run.name() + ": done");
        return false;
      }
      folder.write(run, trainAndEvaluate(run));
      return true;
    }
  }

  private AblationScores trainAndEvaluate(Run run) throws IOException, InterruptedException {
    RunFolder target = folder.of(run);
    print(run.name() + ": " + target.path());
    TrainingRun training = new TrainingRun(record(run), data, target, setup.devices(), err);
    try (TrainedDid trained = training.trainOrResume(setup.weights())) {
      List<LossLog.Line> losses = LossLog.read(target.losses());
      return evaluator.evaluate(run.variant().key(), trained, losses);
    }
  }

  private void print(String line) {
    err.println(line);
    err.flush();
  }

  private RunRecord record(Run run) {
    Recipe recipe =
        new Recipe(
            run.variant().on(setup.base().training()).withSeed(run.seed()), setup.base().data());
    return RunRecord.of(setup.archives(), data, recipe, pretrained);
  }

  /** Every row and seed that is wanted here or was started by any process, seed by seed. */
  private List<Run> allRuns(List<Run> wanted) throws IOException {
    List<Run> some = new ArrayList<>(wanted);
    some.addAll(folder.started(all));
    return some.stream()
        .map(Run::seed)
        .distinct()
        .sorted()
        .flatMap(
            seed ->
                all.stream()
                    .filter(row -> some.stream().anyMatch(run -> run.variant().equals(row)))
                    .map(row -> new Run(row, seed)))
        .toList();
  }

  /** Of all runs that are done, other processes' among them. */
  private AblationTable table(List<Run> wanted) throws IOException {
    List<AblationScores> done = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, String> rows = new LinkedHashMap<>();
    for (Run run : allRuns(wanted)) {
      rows.put(run.variant().key(), run.variant().title());
      folder
          .scores(run, evaluator.tested())
          .ifPresentOrElse(done::add, () -> missing.add(run.name()));
    }
    Map<String, String> metadata =
        AblationMetadata.of(setup.archives(), setup.base(), data, evaluator.tested());
    return new AblationTable(metadata, rows, Ablations.DID, evaluator.tested(), done, missing);
  }
}
