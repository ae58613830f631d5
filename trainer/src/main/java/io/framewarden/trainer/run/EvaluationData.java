package io.framewarden.trainer.run;

import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.ForgeryMix;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.degradation.DegradationPolicy;
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
   * @param model what is evaluated; its digest of the training faces and the shape of its faces are
   *     asked for
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
    People chosen = chosen(set, model, people);
    FaceSet faces = of(archives, set, chosen);
    if (!forge.isEmpty()) {
      checkOwnFaces(model);
      if (faces.photographs().isEmpty()) {
        throw new UserError(
            archives
                + ": no photograph of a real face with dense landmarks there to make pseudo-fakes"
                + " from; `framewarden faces` keeps those of photographs");
      }
    }
    return new EvaluationData(
        archives,
        set,
        chosen,
        isTrainedOn(set, model),
        forge.isEmpty()
            ? EvaluationFaces.unchanged(faces)
            : EvaluationFaces.withPseudoFakes(
                faces, ForgeryMix.parse(forge).kinds(), MAX_REALS, DegradationPolicy.standard()));
  }

  /** Pseudo-fakes are aligned for the trainer's own networks. */
  private static void checkOwnFaces(EvaluatedModel model) {
    if (!model.shape().equals(FaceSetReader.OWN)) {
      throw new UserError(
          "pseudo-fakes are made of faces of %s, not of the %s that the model takes"
              .formatted(FaceSetReader.OWN, model.shape()));
    }
  }

  /**
   * The faces of the archives' people, as {@link #read} chooses them, to make pseudo-fakes of.
   *
   * @throws UserError when nobody is left, or the model takes other faces than pseudo-fakes are
   */
  public static FaceSet people(List<Path> archives, EvaluatedModel model, People people)
      throws IOException {
    checkOwnFaces(model);
    FaceSet set = FaceSetReader.read(archives);
    return of(archives, set, chosen(set, model, people));
  }

  private static People chosen(FaceSet set, EvaluatedModel model, People named) {
    return named != null ? named : isTrainedOn(set, model) ? People.test : People.all;
  }

  private static boolean isTrainedOn(FaceSet set, EvaluatedModel model) {
    return model.trainingDigest().filter(set.contentDigest()::equals).isPresent();
  }

  private static FaceSet of(List<Path> archives, FaceSet set, People chosen) {
    FaceSet faces = chosen == People.test ? IdentitySplit.of(set).test() : set;
    if (faces.faces().isEmpty()) {
      throw new UserError(
          archives
              + ": the split leaves nobody to evaluate on; give another archive, or --people all"
              + " for metrics that flatter the model");
    }
    return faces;
  }
}
