package io.framewarden.trainer.landmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.trainer.training.CheckpointFolder;
import io.framewarden.trainer.training.NetworkCheckpoint;
import io.framewarden.trainer.training.TrainingListener;
import io.framewarden.trainer.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a landmark network, from its first weights or from where a run stopped. All of it happens
 * in the caller's thread, but for the drawing of squares; an interrupt stops the run after the step
 * in progress, with a checkpoint.
 */
final class LandmarkTrainer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "framewarden-landmarks/1";
  private static final String CONFIG = "config";

  private final LandmarkPhotographs photographs;
  private final LandmarkConfig config;
  private final CheckpointFolder checkpoints;
  private final TrainingListener listener;

  /**
   * @param folder for the checkpoints; created if it does not exist
   * @param listener called after every step and checkpoint
   */
  LandmarkTrainer(
      LandmarkPhotographs photographs,
      LandmarkConfig config,
      Path folder,
      TrainingListener listener)
      throws IOException {
    this.photographs = photographs;
    this.config = config;
    this.listener = listener;
    Files.createDirectories(folder);
    checkpoints = new CheckpointFolder(folder);
  }

  /**
   * Trains to the last step.
   *
   * @return the network, which the caller closes
   * @throws InterruptedException if the thread was interrupted; the state is safe in the folder
   * @throws IllegalArgumentException if the folder has a run of another configuration
   */
  LandmarkNet train() throws IOException, InterruptedException {
    LandmarkNet net = LandmarkNet.create(config.seed(), photographs.mean());
    try (LandmarkSteps steps = new LandmarkSteps(net, config)) {
      loop(net, steps, resume(net, steps));
      return net;
    } catch (IOException | InterruptedException | RuntimeException e) {
      net.close();
      throw e;
    }
  }

  /** The first step to do. */
  private long resume(LandmarkNet net, LandmarkSteps steps) throws IOException {
    Optional<Path> last = checkpoints.latest();
    if (last.isEmpty()) {
      return 0;
    }
    NetworkCheckpoint checkpoint = NetworkCheckpoint.read(last.get(), FORMAT);
    LandmarkConfig before = JSON.readValue(checkpoint.metadata().get(CONFIG), LandmarkConfig.class);
    if (!before.equals(config)) {
      throw new IllegalArgumentException(
          "%s is of a run with %s, not %s; name another folder"
              .formatted(last.get(), before, config));
    }
    checkpoint.loadParameters(net.parameters());
    checkpoint.loadMoments(steps.adam());
    return checkpoint.step();
  }

  private void loop(LandmarkNet net, LandmarkSteps steps, long first)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    for (long step = first; step < config.steps(); step++) {
      LandmarkBatch batch = LandmarkBatch.draw(photographs.train(), config, step);
      Map<String, Float> losses = steps.step(step, batch);
      long done = step + 1;
      double seconds = (System.nanoTime() - began) / 1e9;
      double faces = (double) (done - first) * (config.faces() + config.backgrounds());
      listener.onStep(new TrainingProgress(done, config.steps(), losses, faces / seconds));
      boolean stop = Thread.interrupted();
      if (stop || done % config.checkpointEvery() == 0 || done == config.steps()) {
        save(net, steps, done);
      }
      if (stop) {
        throw new InterruptedException("Training was stopped after step " + done);
      }
    }
  }

  private void save(LandmarkNet net, LandmarkSteps steps, long done) throws IOException {
    Path file = checkpoints.of(done);
    NetworkCheckpoint.write(
        file,
        FORMAT,
        done,
        Map.of(CONFIG, JSON.writeValueAsString(config)),
        net.parameters(),
        steps.adam(),
        Map.of());
    checkpoints.prune();
    listener.onCheckpoint(file, done);
  }
}
