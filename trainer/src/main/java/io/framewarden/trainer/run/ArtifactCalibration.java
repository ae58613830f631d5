package io.framewarden.trainer.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import io.framewarden.trainer.evaluation.CalibrationFit;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.onnx.GraphScorer;
import io.framewarden.trainer.publish.ArtifactWriter;
import io.framewarden.trainer.publish.ManifestCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives an artifact that is finished, such as an imported one, probabilities and thresholds chosen
 * on labelled faces. Of real faces alone thresholds can be chosen by the share of them that is
 * flagged; its probability then stays what it was and claims nothing.
 *
 * @param plan the archives, the method and further false positive rates
 * @param version of the calibrated artifact; null for the old one's with {@code -calibrated}
 */
public record ArtifactCalibration(CalibrationPlan plan, String version) {
  /** What was said of the faces in an earlier calibration is of other faces. */
  private static final String METRICS = "calibration";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was written.
   *
   * @param reals faces that it was chosen on
   * @param fakes likewise; 0 where no probability was fitted
   */
  public record Calibrated(ModelArtifact model, long reals, long fakes) {}

  /**
   * Calibrates an artifact.
   *
   * @param out the folder for the new artifact, which may be the old one's
   * @throws DatasetException when the archives are of another extraction than the model's, or hold
   *     no real face
   */
  public Calibrated write(ModelArtifact model, Path out) throws IOException {
    ArtifactWriter.checkReplaceable(out);
    FaceSet faces = faces(model);
    ModelManifest draft;
    try (GraphScorer scorer = new GraphScorer(model.model(), model.manifest().input().shape())) {
      draft = draft(model.manifest(), faces, scorer);
    }
    ModelArtifact written =
        ArtifactWriter.write(
            out,
            model.model(),
            draft,
            ManifestCard.markdown(draft),
            model.goldenFaces(),
            model.goldenLogits());
    return new Calibrated(written, faces.reals().size(), faces.fakes().size());
  }

  private FaceSet faces(ModelArtifact model) throws IOException {
    ModelManifest manifest = model.manifest();
    FaceSet all = FaceSetReader.read(plan.archives(), manifest.input().shape());
    if (!manifest.extractionDigests().containsAll(all.extractions().keySet())) {
      throw new DatasetException(
          "%s: extracted by %s, the model takes %s; extract it again with framewarden faces"
                  .formatted(
                      plan.archives(), all.extractions().keySet(), manifest.extractionDigests())
              + " --for-model "
              + model.folder()
              + " and the face detector that the model was made for, or the thresholds will not"
              + " hold");
    }
    String trainedOn = manifest.training().recipe().path("contentDigest").asText();
    FaceSet chosen = CalibrationPlan.choose(all, trainedOn);
    if (chosen.reals().isEmpty()) {
      throw new DatasetException(
          plan.archives() + ": no real face to choose thresholds by; label some files real");
    }
    return chosen;
  }

  private ModelManifest draft(ModelManifest old, FaceSet faces, GraphScorer scorer)
      throws IOException {
    List<ScoredFace> scored =
        FaceScoring.score("calibrating", EvaluationFaces.unchanged(faces), scorer);
    Calibration calibration = CalibrationFit.fit(scored, plan.method());
    List<OperatingPoint> points = plan.operatingPoints(scored, calibration, scorer);
    Map<String, Double> metrics = new TreeMap<>(old.metrics());
    metrics.keySet().removeIf(name -> name.startsWith(METRICS + "."));
    metrics.putAll(
        Evaluation.of(scored, new TreeSet<>(old.training().domains()), calibration, points.get(0))
            .named(METRICS));
    ModelManifest.Training training = old.training();
    ObjectNode recipe = JSON.createObjectNode();
    training.recipe().fields().forEachRemaining(part -> recipe.set(part.getKey(), part.getValue()));
    recipe.put("calibrationDigest", faces.contentDigest());
    recipe.remove(List.of("calibratedOn", "thresholdsOn"));
    plan.record(recipe);
    return old.toBuilder()
        .version(version == null ? old.version() + "-calibrated" : version)
        .calibration(calibration)
        .operatingPoints(points)
        .metrics(metrics)
        .training(
            new ModelManifest.Training(
                training.data(),
                training.domains(),
                training.heldOutDomains(),
                training.samples(),
                training.seed(),
                recipe))
        .build();
  }
}
