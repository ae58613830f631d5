package io.framewarden.trainer.command;

import io.framewarden.trainer.run.ArtifactPublisher;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The parts of a manifest that only its publisher knows. */
final class ArtifactOptions {

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name in its manifest and on the release topic (${DEFAULT-VALUE}).",
      defaultValue = "did")
  private String name;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description = "Unique for a name (default: the start of the graph's sha256).")
  private String version;

  @Option(
      names = "--data-notice",
      paramLabel = "TEXT",
      description = "Where the training data comes from, with licences, for the manifest.")
  private String dataNotice;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "What the model is and is not good for, for the manifest.")
  private String description;

  @Option(
      names = "--not-detected",
      paramLabel = "TEXT",
      description = {
        "What the model is known not to detect, for the manifest and, after \"It does not"
            + " detect\",",
        "for its card and its verdicts."
      },
      defaultValue = "",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private String notDetected;

  ArtifactPublisher.Info info() {
    return new ArtifactPublisher.Info(name, version, dataNotice, description, notDetected);
  }
}
