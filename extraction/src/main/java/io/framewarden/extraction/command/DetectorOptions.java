package io.framewarden.extraction.command;

import io.framewarden.extraction.face.FaceDetectorConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which face detector a command uses; the options override the environment. */
public final class DetectorOptions {
  @Option(
      names = "--detector",
      paramLabel = "NAME",
      description = "Face detector: cascade (default), yunet or mtcnn.")
  private String detector;

  @Option(
      names = "--detector-model",
      paramLabel = "PATH",
      description = "Weights of the face detector: an .onnx file, for mtcnn a folder.")
  private Path detectorModel;

  /** The environment of the process, overridden by the options that were given. */
  public Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    put(variables, FaceDetectorConfig.DETECTOR, detector);
    put(variables, FaceDetectorConfig.MODEL, detectorModel);
    return variables;
  }

  static void put(Map<String, String> variables, String name, Object value) {
    if (value != null) {
      variables.put(name, value.toString());
    }
  }
}
