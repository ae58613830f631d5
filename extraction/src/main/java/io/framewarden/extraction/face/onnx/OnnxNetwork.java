package io.framewarden.extraction.face.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.schemas.model.Sha256;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One network with one input and named outputs, all float32. Runs on one thread, so that sums are
 * always computed in the same order. Owns its native session until closed. One thread.
 */
final class OnnxNetwork implements AutoCloseable {
  private final Path file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String digest;

  private OnnxNetwork(Path file, OrtEnvironment environment, OrtSession session, String digest) {
    this.file = file;
    this.environment = environment;
    this.session = session;
    this.digest = digest;
  }

  /**
   * Loads a network.
   *
   * @param outputs the outputs it must have
   * @throws InvalidConfigurationException if the file is missing or is another network
   */
  static OnnxNetwork open(Path file, List<String> outputs) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw unusable(file, "is not a readable file");
    }
    try {
      return of(file, Files.readAllBytes(file), outputs);
    } catch (IOException e) {
      throw unusable(file, "cannot be loaded: " + e.getMessage());
    }
  }

  /** As {@link #open}, of a network that has been read: {@code file} only names it in messages. */
  static OnnxNetwork of(Path file, byte[] model, List<String> outputs) {
    try {
      OnnxNatives.use();
      OrtEnvironment environment = NativeLibraries.startOnnxRuntime(OrtEnvironment::getEnvironment);
      OrtSession session;
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = environment.createSession(model, options);
      }
      if (session.getNumInputs() != 1 || !session.getOutputNames().containsAll(outputs)) {
        String found = String.valueOf(session.getOutputNames());
        session.close();
        throw unusable(file, "has outputs " + found + ", not " + outputs);
      }
      return new OnnxNetwork(file, environment, session, Sha256.of(model));
    } catch (OrtException e) {
      throw unusable(file, "cannot be loaded: " + e.getMessage());
    }
  }

  /** sha256 of the file. */
  String digest() {
    return digest;
  }

  /** The input's shape; -1 where any size goes. */
  long[] inputShape() {
    try {
      NodeInfo input = session.getInputInfo().values().iterator().next();
      if (input.getInfo() instanceof TensorInfo tensor) {
        return tensor.getShape();
      }
      throw unusable(file, "has an input that is no tensor");
    } catch (OrtException e) {
      throw unusable(file, "cannot be read for its input: " + e.getMessage());
    }
  }

  /**
   * Runs the network.
   *
   * @param input direct, in native byte order, from position 0; as many values as the shape says
   * @return the outputs' values by name, row-major
   */
  Map<String, float[]> run(FloatBuffer input, long... shape) {
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, input, shape);
        OrtSession.Result result = session.run(Map.of(name, tensor))) {
      Map<String, float[]> outputs = new HashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        outputs.put(output.getKey(), copy);
      }
      return outputs;
    } catch (OrtException e) {
      throw new IllegalStateException("the face network " + file + " failed", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the face network " + file + " cannot be closed", e);
    }
  }

  static InvalidConfigurationException unusable(Path file, String problem) {
    return new InvalidConfigurationException(
        List.of(
            "the face model "
                + file
                + " "
                + problem
                + "; set "
                + FaceDetectorConfig.MODEL
                + " to the model of the chosen "
                + FaceDetectorConfig.DETECTOR));
  }
}
