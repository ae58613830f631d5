package io.framewarden.trainer.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.dataset.IdentitySplit;
import io.framewarden.trainer.evaluation.CalibrationFit.Method;
import io.framewarden.trainer.run.RunData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How a model's probabilities and thresholds are chosen, and on whom. */
public final class CalibrationOptions {
  private static final String VALIDATION = "validation";

  /** The methods by the names that a user types. */
  enum Fit {
    platt(Method.PLATT),
    temperature(Method.TEMPERATURE);

    private final Method method;

    Fit(Method method) {
      this.method = method;
    }
  }

  @Option(
      names = "--calibrate-on",
      paramLabel = "ARCHIVE",
      arity = "1..*",
      description = {
        "Calibrate and choose thresholds on these archives (their people labelled `validation`,",
        "or everybody where nobody is) instead of the run's own validation people."
      })
  private List<Path> archives = List.of();

  @Option(
      names = "--calibration",
      paramLabel = "METHOD",
      description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).",
      defaultValue = "platt")
  private Fit fit = Fit.platt;

  @Option(
      names = "--fpr",
      split = ",",
      paramLabel = "RATE",
      description =
          "More operating points, which flag at most these shares of real faces, as in 0.01,0.05.")
  private List<Double> rates = List.of();

  public Method method() {
    return fit.method;
  }

  public List<Double> rates() {
    return rates;
  }

  /**
   * The faces to calibrate on.
   *
   * @throws DatasetException when the archives named are of another extraction than the run's, or
   *     lack a class
   */
  public List<Labelled> faces(RunData data) throws IOException {
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
    FaceSet judged = chosen(faces, data.faces().contentDigest());
    if (judged.reals().isEmpty() || judged.fakes().isEmpty()) {
      throw new DatasetException(
          "%s: to calibrate, real and fake faces are needed, there are %d and %d"
              .formatted(archives, judged.reals().size(), judged.fakes().size()));
    }
    return EvaluationFaces.asTheyAre(judged);
  }

  private static FaceSet chosen(FaceSet faces, String trainedOn) {
    boolean labelled =
        faces.faces().stream().anyMatch(face -> VALIDATION.equalsIgnoreCase(face.split()));
    boolean same = faces.contentDigest().equals(trainedOn);
    return labelled || same ? IdentitySplit.of(faces).validation() : faces;
  }

  /** Says in a manifest's recipe what was done. */
  public void record(ObjectNode recipe) {
    if (!archives.isEmpty()) {
      var names = recipe.putArray("calibratedOn");
      archives.forEach(archive -> names.add(String.valueOf(archive.getFileName())));
    }
  }
}
