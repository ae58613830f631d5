package io.framewarden.trainer.run;

import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.ForgeryMix;
import io.framewarden.trainer.dataset.IdentitySplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which faces a model is judged on. */
public final class EvaluationData {
  private static final int MOST_REALS = 1_000;

  /** Which people to judge on. */
  enum People {
    /** Everybody in the archives. */
    all,
    /** The split that training never sees. */
    test
  }

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
          "Whom to judge on: ${COMPLETION-CANDIDATES} (default: test for the archives that the"
              + " model was trained on, else all).")
  private People people;

  @Option(
      names = "--forge",
      split = ",",
      paramLabel = "KIND",
      description = "Make fakes of these kinds from the real faces, and judge on those.")
  private List<String> forge = List.of();

  /**
   * The faces, with what they come from.
   *
   * @param whom the people judged, for people to read
   */
  public record Chosen(FaceSet set, People whom, List<Labelled> faces) {}

  public List<Path> archives() {
    return archives;
  }

  /**
   * Reads the archives.
   *
   * @param trainedOn digest of the model's training faces, where it is known
   */
  public Chosen read(Optional<String> trainedOn) throws IOException {
    FaceSet faces = FaceSetReader.read(archives);
    boolean same = trainedOn.equals(Optional.of(faces.contentDigest()));
    People whom = people != null ? people : same ? People.test : People.all;
    if (same) {
      System.err.printf("the model was trained on these archives: judging %s people%n", whom);
    }
    FaceSet judged = whom == People.test ? IdentitySplit.of(faces).test() : faces;
    return new Chosen(faces, whom, labelled(judged));
  }

  private List<Labelled> labelled(FaceSet faces) {
    if (forge.isEmpty()) {
      return EvaluationFaces.asTheyAre(faces);
    }
    if (faces.reals().isEmpty()) {
      throw new UserError(archives + ": no real face there to make forgeries from");
    }
    return EvaluationFaces.withMadeFakes(faces, ForgeryMix.parse(forge).kinds(), MOST_REALS, true);
  }
}
