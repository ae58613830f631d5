package io.framewarden.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.framewarden.trainer.did.TensorValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network while it is trained, in a safetensors file: parameters and running statistics by path,
 * the optimiser's moments, and in the header the format, the step and what the kind of network
 * adds.
 */
public final class NetworkCheckpoint {
  private static final String FORMAT = "format";
  private static final String STEP = "step";
  private static final String PARAMETER = "parameter/";
  private static final String FIRST = "first/";
  private static final String SECOND = "second/";
  private static final String AVERAGE = "average/";

  private final Path file;
  private final TensorFile content;

  private NetworkCheckpoint(Path file, TensorFile content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Reads a checkpoint.
   *
   * @param format that it must have
   * @throws IOException if the file cannot be read or is no checkpoint of that format
   */
  public static NetworkCheckpoint read(Path file, String format) throws IOException {
    TensorFile content = TensorFile.read(file);
    if (!format.equals(content.metadata().get(FORMAT))) {
      throw new IOException(file + " is not a checkpoint of format " + format);
    }
    return new NetworkCheckpoint(file, content);
  }

  /** How many steps were done. */
  public long step() {
    return Long.parseLong(content.metadata().get(STEP));
  }

  /** Text that was written with it, by key. */
  public Map<String, String> metadata() {
    return content.metadata();
  }

  /** Gives parameters their values, to train them further. */
  public void loadParameters(Map<String, Parameter> parameters) throws IOException {
    copy(PARAMETER, arrays(parameters));
  }

  /** Gives parameters their averages over training, or their values where none were kept. */
  public void loadAveraged(Map<String, Parameter> parameters) throws IOException {
    boolean averaged = content.tensors().keySet().stream().anyMatch(n -> n.startsWith(AVERAGE));
    copy(averaged ? AVERAGE : PARAMETER, arrays(parameters));
  }

  /** Gives a moving average its values, by the paths of its parameters. */
  void loadAverages(Map<String, NDArray> averages) throws IOException {
    copy(AVERAGE, averages);
  }

  /** Gives an optimiser its moments. */
  public void loadMoments(Adam adam) throws IOException {
    copy(FIRST, adam.first());
    copy(SECOND, adam.second());
  }

  private void copy(String prefix, Map<String, NDArray> arrays) throws IOException {
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
   * @param metadata text by key, beside format and step
   * @param averages of parameters over training, by path; may be empty
   * @throws NonFiniteLossException naming the parameter that is no longer a number, before anything
   *     is written
   */
  public static void write(
      Path file,
      String format,
      long step,
      Map<String, String> metadata,
      Map<String, Parameter> parameters,
      Adam adam,
      Map<String, NDArray> averages)
      throws IOException {
    Map<String, TensorFile.Tensor> tensors = new LinkedHashMap<>();
    collect(step, PARAMETER, arrays(parameters), tensors);
    collect(step, FIRST, adam.first(), tensors);
    collect(step, SECOND, adam.second(), tensors);
    collect(step, AVERAGE, averages, tensors);
    Map<String, String> header = new LinkedHashMap<>();
    header.put(FORMAT, format);
    header.put(STEP, Long.toString(step));
    header.putAll(metadata);
    new TensorFile(header, tensors).write(file);
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

  private static Map<String, NDArray> arrays(Map<String, Parameter> parameters) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach((path, parameter) -> arrays.put(path, parameter.getArray()));
    return arrays;
  }
}
