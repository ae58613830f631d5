package io.framewarden.trainer.run;

import ai.djl.Device;
import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.dataset.Domains;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.PrefetchingBatchSource;
import io.framewarden.trainer.training.BatchSource;
import io.framewarden.trainer.training.LossLog;
import io.framewarden.trainer.training.TrainedDid;
import io.framewarden.trainer.training.Trainer;
import io.framewarden.trainer.training.TrainingConfig;
import io.framewarden.trainer.training.TrainingListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The training of a run in its folder, from its beginning or from its last checkpoint. One thread.
 */
public final class TrainingRun {
  /** Batches that are prepared while the network computes. */
  public static final int BATCHES_AHEAD = 4;

  private final RunRecord run;
  private final RunData data;
  private final RunFolder folder;
  private final List<Device> devices;
  private final PrintWriter err;

  /**
   * @param devices where the network computes, at least one
   * @param err where progress is reported
   */
  public TrainingRun(
      RunRecord run, RunData data, RunFolder folder, List<Device> devices, PrintWriter err) {
    this.run = run;
    this.data = data;
    this.folder = folder;
    this.devices = devices;
    this.err = err;
  }

  /**
   * Writes the checkpoint of step 0 of a run that starts from published weights.
   *
   * @param pretrained the file of the weights; null where the command was not given it
   * @throws UserError when the file is not given
   * @throws IllegalArgumentException listing everything in which the file does not fit
   */
  public void startFrom(Path pretrained) throws IOException {
    if (pretrained == null) {
      throw new UserError(
          folder.path() + ": was stopped before its first checkpoint; give --pretrained again");
    }
    Trainer.begin(run.recipe().training(), domainNames(), pretrained, folder.checkpoints());
  }

  /**
   * Trains a run in its folder, or resumes it, or finds it done.
   *
   * @param pretrained the file of published weights to start from, or null
   * @return the trained network, which the caller closes
   * @throws UserError when the folder holds another run
   * @throws InterruptedException as for {@link #train}
   */
  public TrainedDid trainOrResume(Path pretrained) throws IOException, InterruptedException {
    if (RunRecord.isIn(folder.path())) {
      run.checkContinues(RunRecord.read(folder.path()), folder.path());
    }
    if (pretrained != null && folder.latestCheckpoint().isEmpty()) {
      startFrom(pretrained);
    }
    run.write(folder.path());
    return train();
  }

  /**
   * Trains to the recipe's last step.
   *
   * @return the trained network, which the caller closes
   * @throws InterruptedException when the process was told to end; the state is safe in the folder
   */
  public TrainedDid train() throws IOException, InterruptedException {
    TrainingConfig config = run.recipe().training();
    Domains domains = data.domains();
    BatchSource source =
        data.recipe().batches(data.train(), domains, config.batch(), config.steps(), config.seed());
    try (PrefetchingBatchSource batches = prefetch(source);
        TrainingProgressBar progress = new TrainingProgressBar(config.steps(), err);
        LossLog losses = new LossLog(folder.losses());
        InterruptHandler interrupts = InterruptHandler.install(err)) {
      TrainingListener listener = TrainingListener.all(progress, losses);
      return Trainer.train(config, batches, domainNames(), folder.checkpoints(), listener, devices);
    }
  }

  /** A source whose batches are prepared ahead, in threads of their own; the caller closes it. */
  public static PrefetchingBatchSource prefetch(BatchSource source) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new PrefetchingBatchSource(source, threads, BATCHES_AHEAD);
  }

  /** The names of all domains by number, the real one first. */
  private List<String> domainNames() {
    List<String> names = new ArrayList<>(List.of(FaceSet.REAL));
    names.addAll(data.domains().forgeries());
    return names;
  }
}
