package io.framewarden.trainer.experiment;

import ai.djl.Device;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.command.TrainCommand;
import io.framewarden.trainer.experiment.AblationFolder.Run;
import io.framewarden.trainer.recipe.Recipe;
import io.framewarden.trainer.run.RunData;
import io.framewarden.trainer.run.RunLock;
import io.framewarden.trainer.run.RunRecord;
import io.framewarden.trainer.run.TrainingRun;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainedDid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains and judges the models of an ablation, one after the other. One use, one thread. */
public final class AblationRunner {
  private final List<Path> archives;
  private final Recipe base;
  private final RunData data;
  private final AblationEvaluator judge;
  private final AblationFolder folder;
  private final List<Device> devices;
  private final Path weights;
  private final RunRecord.Pretrained pretrained;
  private final List<Variant> all;

  /**
   * @param base the whole method's recipe; its seed is not used
   * @param out folder for the runs and the table
   * @param weights published weights that every model begins with, or null
   */
  public AblationRunner(
      List<Path> archives,
      Recipe base,
      RunData data,
      AblationEvaluator judge,
      Path out,
      List<Device> devices,
      Path weights)
      throws IOException {
    this.archives = archives;
    this.base = base;
    this.data = data;
    this.judge = judge;
    this.folder = new AblationFolder(out);
    this.devices = devices;
    this.weights = weights;
    this.pretrained = RunRecord.Pretrained.of(weights);
    this.all = Ablations.of(base.training());
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
    for (Run run : folder.begun(all)) {
      record(run).checkContinues(RunRecord.read(folder.of(run)), folder.of(run));
    }
    for (Run run : wanted) {
      if (finish(run)) {
        table(wanted).write(folder.folder());
      }
    }
    AblationTable table = table(wanted);
    table.write(folder.folder());
    return table;
  }

  /** Whether there was anything to do, and nobody else does it. */
  private boolean finish(Run run) throws IOException, InterruptedException {
    try (RunLock lock = RunLock.take(folder.of(run)).orElse(null)) {
      if (lock == null) {
        System.err.println(run.name() + ": another process is on it");
        return false;
      }
      if (folder.scores(run, judge.tested()).isPresent()) {
        System.err.println(run.name() + ": done");
        return false;
      }
      folder.write(run, judged(run));
      return true;
    }
  }

  private AblationScores judged(Run run) throws IOException, InterruptedException {
    Path place = folder.of(run);
    System.err.println(run.name() + ": " + place);
    try (TrainedDid trained = TrainingRun.inFolder(record(run), data, place, weights, devices)) {
      List<LossLog.Line> losses = LossLog.read(TrainCommand.losses(place));
      return judge.judge(run.variant().key(), trained, losses);
    }
  }

  private RunRecord record(Run run) {
    Recipe recipe = new Recipe(run.variant().on(base.training()).withSeed(run.seed()), base.data());
    return RunRecord.of(archives, data, recipe, pretrained);
  }

  /** Every row and seed that is wanted here or was begun by anybody, seed by seed. */
  private List<Run> known(List<Run> wanted) throws IOException {
    List<Run> some = new ArrayList<>(wanted);
    some.addAll(folder.begun(all));
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
    List<Run> known = known(wanted);
    List<AblationScores> done = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Run run : known) {
      folder.scores(run, judge.tested()).ifPresentOrElse(done::add, () -> missing.add(run.name()));
    }
    Map<String, String> rows = new LinkedHashMap<>();
    all.stream()
        .filter(variant -> known.stream().anyMatch(run -> run.variant().equals(variant)))
        .forEach(variant -> rows.put(variant.key(), variant.row()));
    Map<String, String> facts = AblationMetadata.of(archives, base, data, judge.tested());
    return new AblationTable(facts, rows, Ablations.DID, judge.tested(), done, missing);
  }
}
