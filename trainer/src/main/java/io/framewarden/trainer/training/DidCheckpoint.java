package io.framewarden.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.trainer.did.DidNetwork;
import io.framewarden.trainer.did.TensorValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network in a safetensors file: parameters and running statistics by path, their averages where
 * the recipe wants some, the optimiser's moments, and in the header the recipe, the domains and the
 * step. All randomness in a run is drawn from its seed and the step, so no generator's state has to
 * be kept.
 */
public final class DidCheckpoint {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "framewarden-did/1";
  private static final String PARAMETER = "parameter/";
  private static final String FIRST = "first/";
  private static final String SECOND = "second/";
  private static final String AVERAGE = "average/";

  private DidCheckpoint() {}

  /**
   * Loads a network to score with or to export: the average where there is one. The caller closes
   * it.
   *
   * @throws IOException if the file cannot be read or is not a checkpoint
   */
  public static TrainedDid load(Path file) throws IOException {
    TensorFile content = TensorFile.read(file);
    boolean averaged = content.tensors().keySet().stream().anyMatch(n -> n.startsWith(AVERAGE));
    return restore(file, content, averaged ? AVERAGE : PARAMETER, Device.cpu());
  }

  /** Loads a network to a device, to train it further. The caller closes it. */
  static TrainedDid load(Path file, Device device) throws IOException {
    return restore(file, TensorFile.read(file), PARAMETER, device);
  }

  /**
   * The newest checkpoint of a run.
   *
   * @param folder the run's folder of checkpoints; need not exist
   */
  public static Optional<Path> latest(Path folder) throws IOException {
    return new CheckpointFolder(folder).latest();
  }

  private static TrainedDid restore(Path file, TensorFile content, String prefix, Device device)
      throws IOException {
    if (!FORMAT.equals(content.metadata().get("format"))) {
      throw new IOException(file + " is not a checkpoint of format " + FORMAT);
    }
    TrainingConfig config = JSON.readValue(content.metadata().get("recipe"), TrainingConfig.class);
    List<String> domains =
        List.of(JSON.readValue(content.metadata().get("domains"), String[].class));
    long step = Long.parseLong(content.metadata().get("step"));
    DidNetwork network = DidNetwork.create(config.network(), domains.size(), config.seed(), device);
    try {
      copy(file, content, prefix, arrays(network));
      return new TrainedDid(network, config, domains, step);
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** Loads the moments and averages that belong to a checkpoint's network. */
  static void loadMoments(Path file, Adam adam, Map<String, NDArray> averages) throws IOException {
    TensorFile content = TensorFile.read(file);
    copy(file, content, FIRST, adam.first());
    copy(file, content, SECOND, adam.second());
    copy(file, content, AVERAGE, averages);
  }

  private static void copy(
      Path file, TensorFile content, String prefix, Map<String, NDArray> arrays)
      throws IOException {
    for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
      TensorFile.Tensor tensor = content.tensors().get(prefix + entry.getKey());
      NDArray array = entry.getValue();
      if (tensor == null || tensor.values().length != array.getShape().size()) {
        throw new IOException(file + " has no fitting tensor " + prefix + entry.getKey());
      }
      TensorValues.replace(array, tensor.values());
    }
  }

  /**
   * Writes a checkpoint; the file is either the old one or the whole new one.
   *
   * @throws NonFiniteLossException naming the parameter that is no longer a number, before anything
   *     is written
   */
  static void write(Path file, TrainedDid trained, Adam adam, Map<String, NDArray> averages)
      throws IOException {
    Map<String, TensorFile.Tensor> tensors = new LinkedHashMap<>();
    collect(trained.step(), PARAMETER, arrays(trained.network()), tensors);
    collect(trained.step(), FIRST, adam.first(), tensors);
    collect(trained.step(), SECOND, adam.second(), tensors);
    collect(trained.step(), AVERAGE, averages, tensors);
    new TensorFile(metadata(trained), tensors).write(file);
  }

  private static Map<String, String> metadata(TrainedDid trained) throws JsonProcessingException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("step", Long.toString(trained.step()));
    metadata.put("domains", JSON.writeValueAsString(trained.domains()));
    metadata.put("recipe", JSON.writeValueAsString(trained.config()));
    return metadata;
  }

  private static void collect(
      long step,
      String prefix,
      Map<String, NDArray> arrays,
      Map<String, TensorFile.Tensor> tensors) {
    arrays.forEach(
        (path, array) -> {
          float[] values = array.toFloatArray();
          for (float value : values) {
            if (!Float.isFinite(value)) {
              throw new NonFiniteLossException(step, prefix + path, value);
            }
          }
          tensors.put(prefix + path, new TensorFile.Tensor(array.getShape().getShape(), values));
        });
  }

  private static Map<String, NDArray> arrays(DidNetwork network) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    network.parameters().forEach((path, parameter) -> arrays.put(path, parameter.getArray()));
    return arrays;
  }
}
