package io.framewarden.trainer.run;

import ai.djl.Device;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.command.TrainCommand;
import io.framewarden.trainer.dataset.BalancedBatchSource;
import io.framewarden.trainer.dataset.Domains;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.PrefetchingBatchSource;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.DidCheckpoint;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainedDid;
import io.framewarden.trainer.training.Trainer;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The training of a run in its folder, from its beginning or from its last checkpoint. */
public final class TrainingRun {
  /** Batches that are made while the network computes. */
  public static final int BATCHES_AHEAD = 4;

  private TrainingRun() {}

  /** Whether there is a checkpoint to go on from. */
  public static boolean hasCheckpoint(Path folder) throws IOException {
    return DidCheckpoint.latest(TrainCommand.checkpoints(folder)).isPresent();
  }

  /**
   * Writes the checkpoint of step 0 of a run that begins with published weights.
   *
   * @param pretrained the file of the weights; null where the command was not given it
   * @throws UserError when the file is not given
   * @throws IllegalArgumentException listing everything in which the file does not fit
   */
  public static void begin(RunRecord run, RunData data, Path folder, Path pretrained)
      throws IOException {
    if (pretrained == null) {
      throw new UserError(
          folder + ": was stopped before its first checkpoint; give --pretrained again");
    }
    Path checkpoints = TrainCommand.checkpoints(folder);
    Trainer.begin(run.recipe().training(), named(data.domains()), pretrained, checkpoints);
  }

  /**
   * Trains a run in its folder, or goes on with it, or finds it done.
   *
   * @param pretrained the file of published weights to begin with, or null
   * @return the trained network, which the caller closes
   * @throws UserError when the folder holds another run
   * @throws InterruptedException as for {@link #train}
   */
  public static TrainedDid inFolder(
      RunRecord run, RunData data, Path folder, Path pretrained, List<Device> on)
      throws IOException, InterruptedException {
    if (RunRecord.isIn(folder)) {
      run.checkContinues(RunRecord.read(folder), folder);
    }
    if (pretrained != null && !hasCheckpoint(folder)) {
      begin(run, data, folder, pretrained);
    }
    run.write(folder);
    return train(run, data, folder, on);
  }

  /**
   * Trains to the recipe's end, with progress on standard error.
   *
   * @param on where the network computes, at least one device
   * @return the trained network, which the caller closes
   * @throws InterruptedException when the process was told to end; the state is safe in the folder
   */
  public static TrainedDid train(RunRecord run, RunData data, Path folder, List<Device> on)
      throws IOException, InterruptedException {
    TrainingConfig config = run.recipe().training();
    Domains domains = data.domains();
    BalancedBatchSource source =
        BalancedBatchSource.of(data.train(), data.recipe(), domains, config.batch(), config.seed());
    try (PrefetchingBatchSource ahead = ahead(source);
        TrainingProgressBar progress = new TrainingProgressBar(config.steps());
        LossLog losses = new LossLog(TrainCommand.losses(folder));
        InterruptHandler interruption = InterruptHandler.watch()) {
      TrainingListener listener = TrainingListener.all(progress, losses);
      Path checkpoints = TrainCommand.checkpoints(folder);
      return Trainer.train(config, ahead, named(domains), checkpoints, listener, on);
    }
  }

  /** Batches of a source, made in threads of their own. */
  public static PrefetchingBatchSource ahead(BatchSource source) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new PrefetchingBatchSource(source, threads, BATCHES_AHEAD);
  }

  /** The names of all domains by number, the real one first. */
  private static List<String> named(Domains domains) {
    List<String> names = new ArrayList<>(List.of(FaceSet.REAL));
    names.addAll(domains.forgeries());
    return names;
  }
}
