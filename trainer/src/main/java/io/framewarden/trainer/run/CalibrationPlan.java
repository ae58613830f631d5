package io.framewarden.trainer.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.evaluation.CalibrationFit.Method;
import io.framewarden.trainer.evaluation.OperatingPoints;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.onnx.GraphScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model's probabilities and thresholds are chosen, on whom, and for which extractions.
 *
 * @param archives calibrate on these instead of the run's own validation people; empty for those
 * @param method what is fitted
 * @param rates false positive rates of further operating points, each above 0 and below 1
 * @param realVideos archives whose real videos every operating point must hold on too
 * @param alsoExtracted archives of extractions that the run does not have: the model is measured on
 *     them, and its manifest names them
 */
public record CalibrationPlan(
    List<Path> archives,
    Method method,
    List<Double> rates,
    List<Path> realVideos,
    List<Path> alsoExtracted) {
  private static final String VALIDATION = "validation";

  /**
   * The faces to calibrate on.
   *
   * @throws DatasetException as {@link #people}
   */
  List<Labelled> faces(RunData data) throws IOException {
    return archives.isEmpty() ? data.validationFaces() : EvaluationFaces.unchanged(people(data));
  }

  /**
   * Whom to calibrate on: of the archives the people labelled {@code validation}, or everybody
   * where nobody is.
   *
   * @throws DatasetException when the archives are of another extraction than the run's, or lack a
   *     class
   */
  private FaceSet people(RunData data) throws IOException {
    if (archives.isEmpty()) {
      return data.validation();
    }
    FaceSet faces = FaceSetReader.read(archives);
    if (!data.faces().extractions().keySet().containsAll(faces.extractions().keySet())) {
      throw new DatasetException(
          archives
              + ": extracted by another recipe than the faces of the run; extract them alike, or"
              + " the thresholds will not hold");
    }
    FaceSet chosen = choose(faces, data.faces().contentDigest());
    if (chosen.reals().isEmpty() || chosen.fakes().isEmpty()) {
      throw new DatasetException(
          "%s: to calibrate, real and fake faces are needed, there are %d and %d"
              .formatted(archives, chosen.reals().size(), chosen.fakes().size()));
    }
    return chosen;
  }

  /**
   * The extractions beside the run's first, with the faces to measure the model on.
   *
   * @throws DatasetException when nothing can be measured on an archive
   */
  FurtherExtractions furtherExtractions(RunData data) throws IOException {
    return FurtherExtractions.of(data, people(data), alsoExtracted);
  }

  static FaceSet choose(FaceSet faces, String trainedOn) {
    boolean labelled =
        faces.faces().stream().anyMatch(face -> VALIDATION.equalsIgnoreCase(face.split()));
    boolean same = faces.contentDigest().equals(trainedOn);
    return labelled || same ? IdentitySplit.of(faces).validation() : faces;
  }

  /**
   * Refuses what could not be done, before anything is trained for it.
   *
   * @throws DatasetException when operating points are asked for that nobody can be found for, or
   *     an archive of another extraction has nobody to measure the model on
   */
  public void check(RunData data) throws IOException {
    if (!rates.isEmpty() && archives.isEmpty() && data.validation().reals().isEmpty()) {
      throw new DatasetException(
          "--fpr: nobody is left to choose operating points on; give more people, or --calibrate-on"
              + " ARCHIVE");
    }
    furtherExtractions(data);
  }

  /** What is to be known of the people of a run. */
  public List<String> warnings(RunData data) {
    return data.people().warnings(archives.isEmpty());
  }

  /**
   * The operating points, or the one that stands in for them where there is no real face.
   *
   * @throws DatasetException when an archive of real videos has none
   */
  List<OperatingPoint> operatingPoints(
      List<ScoredFace> validation, Calibration calibration, GraphScorer scorer) throws IOException {
    if (validation.stream().allMatch(ScoredFace::fake)) {
      return List.of(OperatingPoint.UNCALIBRATED);
    }
    List<List<ScoredFace>> videos = new ArrayList<>();
    for (Path archive : realVideos) {
      FaceSet faces = FaceSetReader.read(List.of(archive), scorer.shape()).only(f -> !f.fake());
      if (faces.faces().isEmpty()) {
        throw new DatasetException(archive + ": no real face to choose thresholds by");
      }
      videos.add(FaceScoring.score("calibrating", EvaluationFaces.unchanged(faces), scorer));
    }
    return OperatingPoints.choose(validation, videos, calibration, rates);
  }

  /** Adds the archives' names to a manifest's recipe, where there are any. */
  void record(ObjectNode recipe) {
    record(recipe, "calibratedOn", archives);
    record(recipe, "thresholdsOn", realVideos);
  }

  private static void record(ObjectNode recipe, String key, List<Path> archives) {
    if (!archives.isEmpty()) {
      var names = recipe.putArray(key);
      archives.forEach(archive -> names.add(String.valueOf(archive.getFileName())));
    }
  }
}
