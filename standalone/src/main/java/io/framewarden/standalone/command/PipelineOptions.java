package io.framewarden.standalone.command;

import io.framewarden.standalone.pipeline.DataFolder;
import io.framewarden.standalone.pipeline.StandaloneConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of every command that runs a pipeline. */
final class PipelineOptions {
  private static final String HOME = "framewarden.home";
  private static final Path DEFAULT_MODEL = Path.of("models", "default");

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model artifact to score with (default: the one that comes with framewarden).")
  private Path model;

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

  @Option(
      names = "--sampling",
      paramLabel = "POLICY",
      description = "Pictures looked at: a number a second (default 4) or all.")
  private String sampling;

  /** The variables of the process with the options laid over them. */
  Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    put(variables, "FRAMEWARDEN_FACE_DETECTOR", detector);
    put(variables, "FRAMEWARDEN_FACE_MODEL", detectorModel);
    put(variables, "FRAMEWARDEN_SAMPLING", sampling);
    return variables;
  }

  StandaloneConfig config(Path data, int brokerPort) {
    return StandaloneConfig.from(environment(), new DataFolder(data), brokerPort, model());
  }

  private Path model() {
    Path folder = model != null ? model : Path.of(System.getProperty(HOME, "")).resolve(DEFAULT_MODEL);
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": no such model folder; --model names a model artifact");
    }
    return folder;
  }

  private static void put(Map<String, String> variables, String name, Object value) {
    if (value != null) {
      variables.put(name, value.toString());
    }
  }
}
