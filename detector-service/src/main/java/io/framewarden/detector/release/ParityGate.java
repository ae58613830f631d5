package io.framewarden.detector.release;

import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelArtifact;
import java.util.List;

/**
 * Whether an engine on this machine says what the exporting engine said of the golden faces. The
 * comparison is on calibrated probabilities, because those decide. Stateless.
 */
final class ParityGate {
  /** The largest difference of probabilities between two float32 engines that are both right. */
  static final double TOLERANCE = 1e-3;

  private ParityGate() {}

  /**
   * Scores every golden face, in batches of at most {@code batchSize}.
   *
   * @return the largest difference seen
   * @throws ModelRefusedException when a difference exceeds {@link #TOLERANCE}, or any answer or
   *     expectation is not finite
   */
  static double check(ModelArtifact artifact, InferenceEngine engine, int batchSize) {
    List<byte[]> faces = artifact.goldenFaces();
    double[] expected = artifact.goldenLogits();
    double worst = 0;
    for (int from = 0; from < faces.size(); from += batchSize) {
      List<byte[]> part = faces.subList(from, Math.min(faces.size(), from + batchSize));
      Scores scores = engine.score(batch(artifact, part));
      for (int i = 0; i < part.size(); i++) {
        double difference = difference(artifact, expected[from + i], scores.logit(i));
        if (!(difference <= TOLERANCE) || !isFinite(scores, i)) {
          throw refusal(artifact, engine, from + i, expected[from + i], scores.logit(i));
        }
        worst = Math.max(worst, difference);
      }
    }
    return worst;
  }

  private static FaceBatch batch(ModelArtifact artifact, List<byte[]> faces) {
    return new FaceBatch(
        artifact.manifest().input().width(), artifact.manifest().input().height(), faces);
  }

  private static double difference(ModelArtifact artifact, double expected, double actual) {
    Calibration calibration = artifact.manifest().calibration();
    return Math.abs(calibration.probability(expected) - calibration.probability(actual));
  }

  /** An infinite logit has a probability; it is as broken as NaN all the same. */
  private static boolean isFinite(Scores scores, int index) {
    boolean finite = Double.isFinite(scores.logit(index));
    for (int cell = 0; cell < scores.cells(); cell++) {
      finite &= Float.isFinite(scores.attention(index, cell));
    }
    return finite;
  }

  private static ModelRefusedException refusal(
      ModelArtifact artifact, InferenceEngine engine, int face, double expected, double actual) {
    Calibration calibration = artifact.manifest().calibration();
    return new ModelRefusedException(
        String.format(
            java.util.Locale.ROOT,
            "%s (manifest %s, %s %s): %s gives golden face %d logit %s (probability %s), the"
                + " artifact says %s (%s); a difference of up to %s is allowed and every value must"
                + " be finite. Export the model again, or use the engine it was exported for.",
            artifact.folder(),
            artifact.digest(),
            ModelArtifact.MODEL,
            artifact.manifest().files().get(ModelArtifact.MODEL),
            engine.name(),
            face,
            actual,
            calibration.probability(actual),
            expected,
            calibration.probability(expected),
            TOLERANCE));
  }
}
