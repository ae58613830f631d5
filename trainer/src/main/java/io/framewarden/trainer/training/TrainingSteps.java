package io.framewarden.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.framewarden.trainer.did.DidNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One step of training: forward, loss, backward, update. Owns the optimiser's moments and the
 * network's copies on other devices until it is closed; the network stays the caller's. Everything
 * else that a step computes is freed at its end.
 */
public final class TrainingSteps implements AutoCloseable {

  private final DidNetwork network;
  private final TrainingConfig config;
  private final NDManager manager;
  private final Adam adam;
  private final Replicas replicas;

  /**
   * Steps of a network.
   *
   * @param others devices besides the network's own, which take parts of each batch
   */
  public TrainingSteps(DidNetwork network, TrainingConfig config, List<Device> others) {
    this.network = network;
    this.config = config;
    manager = network.manager().newSubManager();
    adam = new Adam(config.optimizer(), config.steps(), network.parameters(), manager);
    replicas = new Replicas(network, config, others);
  }

  /** What is trained. */
  public DidNetwork network() {
    return network;
  }

  /** Takes the moments of a checkpoint. */
  void loadMoments(Path checkpoint) throws IOException {
    DidCheckpoint.loadMoments(checkpoint, adam);
  }

  /** Writes network and moments. */
  void write(Path checkpoint, TrainedDid now) throws IOException {
    DidCheckpoint.write(checkpoint, now, adam);
  }

  /**
   * Trains on one batch.
   *
   * @return the terms of the loss by name, and their weighted sum as {@code total}
   * @throws NonFiniteLossException before anything is updated
   */
  public Map<String, Float> step(long step, FaceBatch batch) {
    if (batch.size() != config.batch()) {
      throw new IllegalArgumentException(
          "The batch of step %d has %d faces, the recipe %d"
              .formatted(step, batch.size(), config.batch()));
    }
    Map<String, Float> losses = replicas.backward(step, batch);
    adam.findNonFiniteGradient()
        .ifPresent(
            broken -> {
              String term = "gradient of " + broken.getKey();
              throw new NonFiniteLossException(step, term, broken.getValue(), batch.sources());
            });
    adam.step(step);
    replicas.spread();
    return losses;
  }

  /** Frees the moments and the copies. */
  @Override
  public void close() {
    replicas.close();
    manager.close();
  }
}
