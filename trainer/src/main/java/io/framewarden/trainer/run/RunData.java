package io.framewarden.trainer.run;

import io.framewarden.trainer.dataset.Augmentation;
import io.framewarden.trainer.dataset.DataRecipe;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.Domains;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSample;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.dataset.SplitPeople;
import io.framewarden.trainer.degradation.DegradationPolicy;
import io.framewarden.trainer.forgery.Forgeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A run's faces, split by person, without the held-out domains on the training and validation
 * sides.
 *
 * @param faces everything the archives hold
 * @param train for the weights
 * @param validation for calibration and operating points
 * @param test for the metrics; holds the held-out domains too
 * @param recipe which kinds of pseudo-fakes are made for training, and which domains only the test
 *     side sees
 */
public record RunData(
    FaceSet faces, FaceSet train, FaceSet validation, FaceSet test, DataRecipe recipe) {
  /** Pairs of a real face and a pseudo-fake that a split is evaluated on, at most. */
  private static final int MAX_PAIRS = 3_000;

  private static final long DRAW_SEED = 20_240_601;

  /**
   * Reads and splits the archives. With few people the validation and test sides may be empty.
   * Labelled fakes are trained on alone where no real face has a photograph to make others of.
   *
   * @throws DatasetException when training lacks a real or a fake face
   */
  public static RunData read(List<Path> archives, DataRecipe recipe) throws IOException {
    List<String> heldOut = recipe.holdOut();
    FaceSet faces = FaceSetReader.read(archives);
    for (String domain : heldOut) {
      if (!Forgeries.names().contains(domain) && !faces.fakeDomains().contains(domain)) {
        throw new DatasetException(
            "cannot hold out %s: it is none of the archives' domains %s nor of the pseudo-fake kinds %s"
                .formatted(domain, faces.fakeDomains(), Forgeries.names()));
      }
    }
    IdentitySplit split = IdentitySplit.of(faces);
    FaceSet train = split.train().only(face -> !heldOut.contains(face.domain()));
    boolean forges = !train.photographs().isEmpty() || train.fakes().isEmpty();
    RunData data =
        new RunData(
            faces,
            train,
            split.validation().only(face -> !heldOut.contains(face.domain())),
            split.test(),
            forges ? recipe : recipe.withoutForging());
    data.checkTraining();
    return data;
  }

  /**
   * The same data, where a model can be calibrated and evaluated on people that it does not know.
   *
   * @throws DatasetException when there are none
   */
  public RunData requireUnseenPeople() {
    require("validation", validation);
    require("test", test);
    return this;
  }

  /** How many people are on each side. */
  public SplitPeople people() {
    return new SplitPeople(train.people(), validation.people(), test.people());
  }

  /** The forgery domains that training sees, by number from 1. */
  public Domains domains() {
    return Domains.of(recipe.mix(), train);
  }

  /** The faces for calibration: domains that training knows, people that it does not. */
  public List<Labelled> validationFaces() {
    return evaluationFaces(validation, recipe.mix().kinds(), MAX_PAIRS);
  }

  /** The faces that the metrics are reported on: unseen people, held-out domains among them. */
  public List<Labelled> testFaces() {
    return evaluationFaces(test, testKinds(), MAX_PAIRS);
  }

  /**
   * A part of the test people's faces, drawn by a fixed seed: the same at every call. Pseudo-fakes
   * and their real faces are degraded where the recipe degrades training's: what is compared is
   * what was learnt, not what was left out.
   *
   * @param max real faces of the archives, as many of their fakes, and as many pairs of a real face
   *     and a pseudo-fake; at least 1
   */
  public List<Labelled> testFaces(int max) {
    List<FaceSample> drawn = new ArrayList<>(test.faces());
    Collections.shuffle(drawn, new Random(DRAW_SEED));
    List<FaceSample> reals = drawn.stream().filter(face -> !face.fake()).toList();
    List<Labelled> faces = new ArrayList<>();
    if (!test.fakes().isEmpty()) {
      Stream<FaceSample> own =
          Stream.concat(
              reals.stream().limit(max), drawn.stream().filter(FaceSample::fake).limit(max));
      faces.addAll(EvaluationFaces.unchanged(test.with(own.toList())));
    }
    faces.addAll(
        pseudoFakePairs(
            test.with(reals), testKinds(), max, isDegraded() ? recipe.degradation() : null));
    return faces;
  }

  /** Whether faces are degraded on their way into training's batches. */
  public boolean isDegraded() {
    return recipe.augmentation() == Augmentation.FULL;
  }

  /** The kinds that are made for the test side, those trained on first. */
  private List<String> testKinds() {
    Stream<String> heldOut = recipe.holdOut().stream().filter(Forgeries.names()::contains);
    return Stream.concat(recipe.mix().kinds().stream(), heldOut).toList();
  }

  private static List<Labelled> evaluationFaces(FaceSet side, List<String> kinds, int pairs) {
    List<Labelled> faces = new ArrayList<>();
    if (!side.fakes().isEmpty()) {
      faces.addAll(EvaluationFaces.unchanged(side));
    }
    faces.addAll(pseudoFakePairs(side, kinds, pairs, DegradationPolicy.standard()));
    return faces;
  }

  /** So many pairs at most, though at least one of each kind. */
  private static List<Labelled> pseudoFakePairs(
      FaceSet faces, List<String> kinds, int pairs, DegradationPolicy degradation) {
    return kinds.isEmpty()
        ? List.of()
        : EvaluationFaces.withPseudoFakes(
            faces, kinds, Math.max(1, pairs / kinds.size()), degradation);
  }

  private void checkTraining() {
    if (train.reals().isEmpty()) {
      throw new DatasetException(
          "no real face to train on: give an archive of real people, as `framewarden faces` makes"
              + " it of a folder real/ or of a CSV with labels");
    }
    if (domains().count() == 0) {
      throw new DatasetException(
          "training is left without any fake: the archives hold none for it and no pseudo-fakes are"
              + " to be made; use --forge, or hold out fewer domains");
    }
    if (!recipe.mix().isEmpty() && train.photographs().isEmpty()) {
      throw new DatasetException(
          "pseudo-fakes are made from photographs with dense landmarks, and no real face to train"
              + " on has one: make an archive of photographs with `framewarden faces`");
    }
  }

  private void require(String name, FaceSet side) {
    if (recipe.mix().isEmpty() ? side.reals().isEmpty() : side.photographs().isEmpty()) {
      throw new DatasetException(
          "no real face falls into the "
              + name
              + " split (a tenth of the people): give more people, or label splits");
    }
    if (side.fakes().isEmpty() && recipe.mix().isEmpty()) {
      throw new DatasetException(
          "no fake falls into the "
              + name
              + " split and no pseudo-fakes are to be made: give more, label splits, or use"
              + " --forge");
    }
  }
}
