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
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How a model's probabilities and thresholds are chosen, and on whom.
 *
 * @param archives calibrate on these instead of the run's own validation people; empty for those
 * @param method what is fitted
 * @param rates false positive rates of further operating points, each above 0 and below 1
 */
public record CalibrationPlan(List<Path> archives, Method method, List<Double> rates) {
  private static final String VALIDATION = "validation";

  /**
   * The faces to calibrate on: of the archives the people labelled {@code validation}, or everybody
   * where nobody is.
   *
   * @throws DatasetException when the archives are of another extraction than the run's, or lack a
   *     class
   */
  List<Labelled> faces(RunData data) throws IOException {
    if (archives.isEmpty()) {
      return data.validationFaces();
    }
    FaceSet faces = FaceSetReader.read(archives);
    if (!faces.extractionDigest().equals(data.faces().extractionDigest())) {
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
    return EvaluationFaces.unchanged(chosen);
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
   * @throws DatasetException when operating points are asked for that nobody can be found for
   */
  public void check(RunData data) {
    if (!rates.isEmpty() && archives.isEmpty() && data.validation().reals().isEmpty()) {
      throw new DatasetException(
          "--fpr: nobody is left to choose operating points on; give more people, or --calibrate-on"
              + " ARCHIVE");
    }
  }

  /** What is to be known of the people of a run. */
  public List<String> warnings(RunData data) {
    return data.people().warnings(archives.isEmpty());
  }

  /** The operating points, or the one that stands in for them where there is no real face. */
  List<OperatingPoint> operatingPoints(List<ScoredFace> validation, Calibration calibration) {
    return validation.stream().allMatch(ScoredFace::fake)
        ? List.of(OperatingPoint.UNCALIBRATED)
        : OperatingPoints.choose(validation, calibration, rates);
  }

  /** Adds the archives' names to a manifest's recipe, where there are any. */
  void record(ObjectNode recipe) {
    if (!archives.isEmpty()) {
      var names = recipe.putArray("calibratedOn");
      archives.forEach(archive -> names.add(String.valueOf(archive.getFileName())));
    }
  }
}
