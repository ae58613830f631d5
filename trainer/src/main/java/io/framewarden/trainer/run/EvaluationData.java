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

/**
 * The faces that a model is evaluated on, with what they come from.
 *
 * @param archives where they were read
 * @param set everything that the archives hold
 * @param people who of them is in {@code faces}
 * @param trainedOn whether the model was trained on these very archives
 * @param faces the faces
 */
public record EvaluationData(
    List<Path> archives, FaceSet set, People people, boolean trainedOn, List<Labelled> faces) {
  private static final int MAX_REALS = 1_000;

  /** Which people to evaluate on; the names are those that a user types. */
  public enum People {
    /** Everybody in the archives. */
    all,
    /** The split that training never sees. */
    test
  }

  /**
   * Reads the archives.
   *
   * @param model what is evaluated; only its digest of the training faces is asked for
   * @param people whom to evaluate on; null for the test people of archives that the model was
   *     trained on, and for everybody in others
   * @param forge kinds of pseudo-fakes to make from the real faces instead of the archives' own
   *     fakes; empty for those
   * @throws UserError when nobody is left to evaluate on, or no real face is there to make
   *     pseudo-fakes from
   */
  public static EvaluationData read(
      List<Path> archives, EvaluatedModel model, People people, List<String> forge)
      throws IOException {
    FaceSet set = FaceSetReader.read(archives, model.shape());
    boolean trainedOn = model.trainingDigest().filter(set.contentDigest()::equals).isPresent();
    People chosen = people != null ? people : trainedOn ? People.test : People.all;
    FaceSet faces = chosen == People.test ? IdentitySplit.of(set).test() : set;
    if (faces.faces().isEmpty()) {
      throw new UserError(
          archives
              + ": the split leaves nobody to evaluate on; give another archive, or --people all"
              + " for metrics that flatter the model");
    }
    if (!forge.isEmpty() && !model.shape().equals(FaceSetReader.OWN)) {
      throw new UserError(
          "pseudo-fakes are made of %s, not of the %s that the model takes; leave --forge out"
              .formatted(FaceSetReader.OWN, model.shape()));
    }
    if (!forge.isEmpty() && faces.reals().isEmpty()) {
      throw new UserError(archives + ": no real face there to make pseudo-fakes from");
    }
    return new EvaluationData(
        archives,
        set,
        chosen,
        trainedOn,
        forge.isEmpty()
            ? EvaluationFaces.unchanged(faces)
            : EvaluationFaces.withPseudoFakes(
                faces, ForgeryMix.parse(forge).kinds(), MAX_REALS, true));
  }
}
