package io.framewarden.trainer.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.evaluation.CalibrationFit.Method;
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

  private static FaceSet choose(FaceSet faces, String trainedOn) {
    boolean labelled =
        faces.faces().stream().anyMatch(face -> VALIDATION.equalsIgnoreCase(face.split()));
    boolean same = faces.contentDigest().equals(trainedOn);
    return labelled || same ? IdentitySplit.of(faces).validation() : faces;
  }

  /** Adds the archives' names to a manifest's recipe, where there are any. */
  void record(ObjectNode recipe) {
    if (!archives.isEmpty()) {
      var names = recipe.putArray("calibratedOn");
      archives.forEach(archive -> names.add(String.valueOf(archive.getFileName())));
    }
  }
}
