package io.framewarden.trainer.command;

import picocli.CommandLine.Option;

/** What a manifest says that only its publisher knows. */
public final class ArtifactOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name in its manifest and on the release topic (${DEFAULT-VALUE}).",
      defaultValue = "did")
  public String name;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description = "Unique for a name (default: the start of the graph's sha256).")
  public String version;

  @Option(
      names = "--data-notice",
      paramLabel = "TEXT",
      description = "Where the training data comes from, with licences, for the manifest.")
  public String dataNotice;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "What the model is and is not good for, for the manifest.")
  public String description;
}
