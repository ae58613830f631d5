package io.framewarden.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.TensorValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of training: forward, loss, backward, update. Owns the optimiser's moments and the
 * network's copies on other devices until it is closed; the network stays the caller's. Everything
 * else that a step computes is freed at its end.
 */
public final class TrainingSteps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingSteps.class);

  /** Computes the gradients of a step's batch into the network. */
  @FunctionalInterface
  interface GradientSource {
    /**
     * @return the terms of the loss
     */
    Map<String, Float> backward(long step, FaceBatch batch);
  }

  private final DidNetwork network;
  private final TrainingConfig config;
  private final NDManager manager;
  private final Adam adam;
  private final WeightAverage average;
  private final Replicas replicas;
  private final GradientSource gradients;

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
    average = new WeightAverage(config.optimizer().emaDecay(), network.parameters(), manager);
    replicas = new Replicas(network, config, others);
    gradients = replicas::backward;
  }

  /** Steps of a network on one device, whose gradients come from elsewhere. */
  TrainingSteps(DidNetwork network, TrainingConfig config, GradientSource gradients) {
    this.network = network;
    this.config = config;
    this.gradients = gradients;
    manager = network.manager().newSubManager();
    adam = new Adam(config.optimizer(), config.steps(), network.parameters(), manager);
    average = new WeightAverage(config.optimizer().emaDecay(), network.parameters(), manager);
    replicas = new Replicas(network, config, List.of());
  }

  /** What is trained. */
  public DidNetwork network() {
    return network;
  }

  /** Takes the moments of a checkpoint, and its averages. */
  void loadMoments(Path checkpoint) throws IOException {
    DidCheckpoint.loadMoments(checkpoint, adam, average.averages());
  }

  /** Writes network, moments and averages. */
  void write(Path checkpoint, TrainedDid now) throws IOException {
    DidCheckpoint.write(checkpoint, now, adam, average.averages());
  }

  /** Makes the network what its training was for: its average, where the recipe wants one. */
  void finish() {
    average.apply();
  }

  /**
   * Trains on one batch. Where the loss is a number and a gradient is not, the step is computed
   * once more from where it began: on a busy machine such gradients were reported in some starts of
   * a run and not in others, and what the data is to blame for comes again.
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
    Map<String, Float> losses = backward(step, batch);
    adam.step(step, config.loss().betaOn().onEstimator(config.beta(step)));
    average.add(step);
    replicas.spread();
    return losses;
  }

  private Map<String, Float> backward(long step, FaceBatch batch) {
    try (NDManager scope = network.manager().newSubManager()) {
      Map<String, NDArray> statistics = runningStatistics(scope);
      Map<String, Float> losses = gradients.backward(step, batch);
      Map<String, Float> broken = adam.nonFiniteGradients();
      if (broken.isEmpty()) {
        return losses;
      }
      LOG.warn("step {} is computed again: no numbers are the gradients {}", step, broken);
      statistics.forEach(
          (path, values) -> TensorValues.copy(values, network.parameters().get(path).getArray()));
      adam.clearGradients();
      replicas.spread();
      losses = gradients.backward(step, batch);
      broken = adam.nonFiniteGradients();
      if (!broken.isEmpty()) {
        Map.Entry<String, Float> first = broken.entrySet().iterator().next();
        throw new NonFiniteLossException(
            step, "gradient of " + first.getKey(), first.getValue(), batch.sources());
      }
      return losses;
    }
  }

  /** What a forward pass changes of the network. */
  private Map<String, NDArray> runningStatistics(NDManager scope) {
    Map<String, NDArray> statistics = new HashMap<>();
    network
        .parameters()
        .forEach(
            (path, parameter) -> {
              if (parameter.getType() == Parameter.Type.RUNNING_MEAN
                  || parameter.getType() == Parameter.Type.RUNNING_VAR) {
                NDArray copy = parameter.getArray().duplicate();
                copy.attach(scope);
                statistics.put(path, copy);
              }
            });
    return statistics;
  }

  /** Frees the moments and the copies. */
  @Override
  public void close() {
    replicas.close();
    manager.close();
  }
}
