package io.framewarden.trainer.command;

import io.framewarden.trainer.run.EvaluationData;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model is looked at, on whose faces, and how what is found is printed. */
final class EvaluatedOptions {
  @Parameters(
      paramLabel = "MODEL",
      description = "A model artifact, a run folder, or a checkpoint (.safetensors).")
  private Path model;

  @Option(
      names = "--on",
      paramLabel = "ARCHIVE",
      required = true,
      arity = "1..*",
      description = "Made by `framewarden faces`.")
  private List<Path> archives;

  @Option(
      names = "--people",
      description =
          "Whose faces: ${COMPLETION-CANDIDATES} (default: test for the archives that the model was"
              + " trained on, else all).")
  private EvaluationData.People people;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  Path model() {
    return model;
  }

  List<Path> archives() {
    return archives;
  }

  /** Null for the default. */
  EvaluationData.People people() {
    return people;
  }

  boolean json() {
    return json;
  }
}
