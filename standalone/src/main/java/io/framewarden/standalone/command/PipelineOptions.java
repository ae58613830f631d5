package io.framewarden.standalone.command;

import io.framewarden.detector.scoring.kafka.ScorerConfig;
import io.framewarden.extraction.command.ExtractionOptions;
import io.framewarden.runtime.command.UserError;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.standalone.pipeline.DataFolder;
import io.framewarden.standalone.pipeline.StandaloneConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs a pipeline. */
public final class PipelineOptions {
  private static final String HOME = "framewarden.home";
  private static final Path DEFAULT_MODEL = Path.of("models", "default");

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model artifact to score with (default: FRAMEWARDEN_MODEL_DIR, else the one that comes"
              + " with framewarden).")
  private Path model;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "Object store: a folder, a file: URI or s3://BUCKET/PREFIX (default: objects in the data"
              + " folder).")
  private String store;

  @Mixin private ExtractionOptions extraction;

  /** The configuration as given. */
  public StandaloneConfig config(Path data, int brokerPort) {
    return config(data, brokerPort, Map.of());
  }

  /**
   * The configuration as given, but for some variables.
   *
   * @param fixed variables that the command decides
   */
  StandaloneConfig config(Path data, int brokerPort, Map<String, String> fixed) {
    Map<String, String> variables = extraction.environment();
    variables.putAll(fixed);
    // Not from the environment: a shell names the store of other services there.
    variables.remove(StoreConfig.STORE);
    if (store != null) {
      variables.put(StoreConfig.STORE, store);
    }
    return StandaloneConfig.from(variables, new DataFolder(data), brokerPort, model(variables));
  }

  private Path model(Map<String, String> variables) {
    String given = variables.getOrDefault(ScorerConfig.MODEL_DIR, "").trim();
    Path folder = Path.of(System.getProperty(HOME, "")).resolve(DEFAULT_MODEL);
    if (model != null) {
      folder = model;
    } else if (!given.isEmpty()) {
      folder = Path.of(given);
    }
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": no such model folder; --model names a model artifact");
    }
    return folder;
  }
}
