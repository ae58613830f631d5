package io.framewarden.standalone.command;

import io.framewarden.standalone.pipeline.DataFolder;
import io.framewarden.standalone.pipeline.StandaloneConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
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

  @Mixin private ExtractionOptions extraction;

  StandaloneConfig config(Path data, int brokerPort) {
    return StandaloneConfig.from(
        extraction.environment(), new DataFolder(data), brokerPort, model());
  }

  private Path model() {
    Path folder =
        model != null ? model : Path.of(System.getProperty(HOME, "")).resolve(DEFAULT_MODEL);
    if (!Files.isDirectory(folder)) {
      throw new UserError(folder + ": no such model folder; --model names a model artifact");
    }
    return folder;
  }
}
