package io.framewarden.trainer.command;

import io.framewarden.trainer.dataset.DataRecipe;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.Domains;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.forgery.Forgeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run's faces, split by person, without the held-out domains on the training and validation
 * sides.
 *
 * @param faces everything the archives hold
 * @param train for the weights
 * @param validation for calibration and operating points
 * @param test for the figures; holds the held-out domains too
 * @param recipe which kinds are made for training, and which domains only the test side sees
 */
record RunData(FaceSet faces, FaceSet train, FaceSet validation, FaceSet test, DataRecipe recipe) {
  /** Pairs of a real face and a made fake that a split is judged on, at most. */
  private static final int MOST_PAIRS = 3_000;

  /**
   * Reads and splits the archives.
   *
   * @throws DatasetException when a split lacks what training or judging needs
   */
  static RunData read(List<Path> archives, DataRecipe recipe) throws IOException {
    List<String> heldOut = recipe.holdOut();
    FaceSet faces = FaceSetReader.read(archives);
    for (String domain : heldOut) {
      if (!Forgeries.names().contains(domain) && !faces.fakeDomains().contains(domain)) {
        throw new DatasetException(
            "cannot hold out %s: it is none of the archives' domains %s nor of the made kinds %s"
                .formatted(domain, faces.fakeDomains(), Forgeries.names()));
      }
    }
    IdentitySplit split = IdentitySplit.of(faces);
    RunData data =
        new RunData(
            faces,
            split.train().only(face -> !heldOut.contains(face.domain())),
            split.validation().only(face -> !heldOut.contains(face.domain())),
            split.test(),
            recipe);
    data.check("validation", data.validation());
    data.check("test", data.test());
    return data;
  }

  /** The forgery methods that training sees, by number from 1. */
  Domains domains() {
    return Domains.of(recipe.mix(), train);
  }

  /** The faces for calibration: domains that training knows, people that it does not. */
  List<Labelled> validationFaces() {
    return judged(validation, recipe.mix().kinds());
  }

  /** The faces that the figures are reported on: unseen people, held-out domains among them. */
  List<Labelled> testFaces() {
    List<String> made = recipe.holdOut().stream().filter(Forgeries.names()::contains).toList();
    return judged(test, Stream.concat(recipe.mix().kinds().stream(), made.stream()).toList());
  }

  private static List<Labelled> judged(FaceSet faces, List<String> kinds) {
    List<Labelled> judged = new ArrayList<>();
    if (!faces.fakes().isEmpty()) {
      judged.addAll(EvaluationFaces.asTheyAre(faces));
    }
    if (!kinds.isEmpty()) {
      judged.addAll(EvaluationFaces.withMadeFakes(faces, kinds, MOST_PAIRS / kinds.size()));
    }
    return judged;
  }

  private void check(String name, FaceSet side) {
    if (side.reals().isEmpty()) {
      throw new DatasetException(
          "no real face falls into the "
              + name
              + " split (a tenth of the people): give more people, or label splits");
    }
    if (side.fakes().isEmpty() && recipe.mix().isEmpty()) {
      throw new DatasetException(
          "no fake falls into the "
              + name
              + " split and no forgeries are to be made: give more, label splits, or use --forge");
    }
  }
}
