package io.framewarden.trainer.command;

import io.framewarden.trainer.foreign.ModelImport;
import picocli.CommandLine.Option;

/** What only people know of an imported model. */
final class AboutOptions {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "The model's name in its manifest and on the release topic.")
  private String name;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description = "Unique for a name (default: the start of the file's sha256).")
  private String version;

  @Option(
      names = "--data-notice",
      paramLabel = "TEXT",
      description = "What it was trained on, for the manifest.")
  private String dataNotice;

  @Option(names = "--licence", paramLabel = "TEXT", description = "Under which it may be used.")
  private String licence;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "What it is and is not good for, for the manifest.")
  private String description;

  ModelImport.About about() {
    return new ModelImport.About(name, version, dataNotice, licence, description);
  }
}
