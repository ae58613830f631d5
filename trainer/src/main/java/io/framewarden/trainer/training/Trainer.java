package io.framewarden.trainer.training;

import ai.djl.Device;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.onnx.ExportedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a DID network, from its first weights or from where a run stopped.
 *
 * <p>Threads: all of it happens in the caller's thread, with the engine's own threads below it; an
 * interrupt stops the run after the step in progress, with a checkpoint.
 */
public final class Trainer {

  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
  private static final String GRAPH = ".onnx";

  private Trainer() {}

  /**
   * Runs a recipe to its end. Where the folder has checkpoints of this very recipe and these
   * domains, the run goes on from the last one, and ends as if it had never stopped.
   *
   * @param config the recipe
   * @param source gives each step's batch, of the recipe's size
   * @param domains names of the domains that the batches number; index 0 is the real one
   * @param runFolder for the checkpoints; created if it does not exist. The last one is the result
   * @param listener called after every step and checkpoint
   * @param devices at least one; each step's batch is shared out among them
   * @return the trained network, on the first device, which the caller closes
   * @throws IOException if a checkpoint cannot be read or written
   * @throws InterruptedException if the thread was interrupted; the state is safe in the folder
   * @throws NonFiniteLossException if the loss is no longer a number
   * @throws IllegalStateException if the folder belongs to another run
   */
  public static TrainedDid train(
      TrainingConfig config,
      BatchSource source,
      List<String> domains,
      Path runFolder,
      TrainingListener listener,
      List<Device> devices)
      throws IOException, InterruptedException {
    Files.createDirectories(runFolder);
    CheckpointFolder checkpoints = new CheckpointFolder(runFolder);
    Optional<Path> last = checkpoints.latest();
    TrainedDid start =
        last.isPresent()
            ? resume(last.get(), config, domains, devices.get(0))
            : create(config, domains, devices.get(0));
    List<Device> others = devices.subList(1, devices.size());
    try (TrainingSteps steps = new TrainingSteps(start.network(), config, others)) {
      if (last.isPresent()) {
        steps.loadMoments(last.get());
      }
      TrainedDid trained = loop(start, source, checkpoints, listener, steps);
      steps.finish();
      return trained;
    } catch (IOException | InterruptedException | RuntimeException e) {
      start.close();
      throw e;
    }
  }

  /**
   * Begins a run with a backbone of published weights, or with those of an exported network: writes
   * its checkpoint of step 0, from which {@link #train} goes on.
   *
   * @param pretrained safetensors or a PyTorch state dict, or an exported graph ({@code .onnx})
   * @param runFolder for the checkpoints; created if it does not exist
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException listing everything in which the file does not fit
   */
  public static void begin(
      TrainingConfig config, List<String> domains, Path pretrained, Path runFolder)
      throws IOException {
    Files.createDirectories(runFolder);
    try (TrainedDid start = create(config, domains, Device.cpu());
        TrainingSteps steps = new TrainingSteps(start.network(), config, List.of())) {
      if (pretrained.toString().endsWith(GRAPH)) {
        ExportedWeights.load(pretrained, start.network());
      } else {
        PretrainedBackbone.load(pretrained, start.network().backbone());
      }
      steps.write(new CheckpointFolder(runFolder).of(0), start);
    }
  }

  private static TrainedDid create(TrainingConfig config, List<String> domains, Device device) {
    DidNetwork network = DidNetwork.create(config.network(), domains.size(), config.seed(), device);
    return new TrainedDid(network, config, domains, 0);
  }

  private static TrainedDid resume(
      Path last, TrainingConfig config, List<String> domains, Device device) throws IOException {
    TrainedDid trained = DidCheckpoint.load(last, device);
    if (!trained.config().equals(config) || !trained.domains().equals(domains)) {
      trained.close();
      throw new IllegalStateException(
          "%s is of another run: recipe %s with domains %s, not %s with %s. Take an empty folder."
              .formatted(last, trained.config(), trained.domains(), config, domains));
    }
    LOG.info("Resuming from {} after {} steps", last, trained.step());
    return trained;
  }

  private static TrainedDid loop(
      TrainedDid start,
      BatchSource source,
      CheckpointFolder checkpoints,
      TrainingListener listener,
      TrainingSteps steps)
      throws IOException, InterruptedException {
    TrainingConfig config = start.config();
    long began = System.nanoTime();
    TrainedDid now = start;
    for (long step = start.step(); step < config.steps(); step++) {
      Map<String, Float> losses = steps.step(step, source.next(step));
      now = new TrainedDid(start.network(), config, start.domains(), step + 1);
      double seconds = (System.nanoTime() - began) / 1e9;
      double faces = (double) (now.step() - start.step()) * config.batch();
      listener.onStep(new TrainingProgress(now.step(), config.steps(), losses, faces / seconds));
      boolean stop = Thread.currentThread().isInterrupted();
      if (stop
          || now.step() % config.schedule().checkpointEvery() == 0
          || now.step() == config.steps()) {
        save(now, checkpoints, steps, listener);
      }
      if (stop && Thread.interrupted()) {
        throw new InterruptedException("Training was stopped after step " + now.step());
      }
    }
    return now;
  }

  private static void save(
      TrainedDid now, CheckpointFolder checkpoints, TrainingSteps steps, TrainingListener listener)
      throws IOException {
    // A file channel closes itself under an interrupted thread: the flag has to wait.
    boolean interrupted = Thread.interrupted();
    try {
      Path file = checkpoints.of(now.step());
      steps.write(file, now);
      checkpoints.prune();
      listener.onCheckpoint(file, now.step());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
