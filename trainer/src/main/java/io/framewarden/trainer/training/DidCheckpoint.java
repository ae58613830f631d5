package io.framewarden.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.trainer.did.DidNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network in a safetensors file: parameters and running statistics by path, the optimiser's
 * moments, and in the header the recipe, the domains and the step. All randomness in a run is drawn
 * from its seed and the step, so no generator's state has to be kept.
 */
public final class DidCheckpoint {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "framewarden-did/1";

  private DidCheckpoint() {}

  /** What of a checkpoint a network is given. */
  @FunctionalInterface
  private interface Loading {
    void load(NetworkCheckpoint checkpoint, Map<String, Parameter> parameters) throws IOException;
  }

  /**
   * Loads a network to score with or to export: the average where there is one. The caller closes
   * it.
   *
   * @throws IOException if the file cannot be read or is not a checkpoint
   */
  public static TrainedDid load(Path file) throws IOException {
    return restore(file, NetworkCheckpoint::loadAveraged, Device.cpu());
  }

  /** Loads a network to a device, to train it further. The caller closes it. */
  static TrainedDid load(Path file, Device device) throws IOException {
    return restore(file, NetworkCheckpoint::loadParameters, device);
  }

  /**
   * The newest checkpoint of a run.
   *
   * @param folder the run's folder of checkpoints; need not exist
   */
  public static Optional<Path> latest(Path folder) throws IOException {
    return new CheckpointFolder(folder).latest();
  }

  private static TrainedDid restore(Path file, Loading loading, Device device) throws IOException {
    NetworkCheckpoint checkpoint = NetworkCheckpoint.read(file, FORMAT);
    Map<String, String> metadata = checkpoint.metadata();
    TrainingConfig config = JSON.readValue(metadata.get("recipe"), TrainingConfig.class);
    List<String> domains = List.of(JSON.readValue(metadata.get("domains"), String[].class));
    DidNetwork network = DidNetwork.create(config.network(), domains.size(), config.seed(), device);
    try {
      loading.load(checkpoint, network.parameters());
      return new TrainedDid(network, config, domains, checkpoint.step());
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** Loads the moments and averages that belong to a checkpoint's network. */
  static void loadMoments(Path file, Adam adam, Map<String, NDArray> averages) throws IOException {
    NetworkCheckpoint checkpoint = NetworkCheckpoint.read(file, FORMAT);
    checkpoint.loadMoments(adam);
    checkpoint.loadAverages(averages);
  }

  /**
   * Writes a checkpoint; the file is either the old one or the whole new one.
   *
   * @throws NonFiniteLossException naming the parameter that is no longer a number, before anything
   *     is written
   */
  static void write(Path file, TrainedDid trained, Adam adam, Map<String, NDArray> averages)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("domains", JSON.writeValueAsString(trained.domains()));
    metadata.put("recipe", JSON.writeValueAsString(trained.config()));
    NetworkCheckpoint.write(
        file, FORMAT, trained.step(), metadata, trained.network().parameters(), adam, averages);
  }
}
