package io.framewarden.detector.release;

import io.framewarden.detector.engine.FaceBatch;
import io.framewarden.detector.engine.InferenceEngine;
import io.framewarden.detector.engine.Scores;
import io.framewarden.schemas.model.Calibration;
import io.framewarden.schemas.model.ModelArtifact;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an engine on this machine scores the golden faces as the exporting engine did. Compares
 * calibrated probabilities, because those decide; the engine's precision sets how far they may
 * differ. Stateless.
 */
final class ParityGate {
  private ParityGate() {}

  /**
   * Scores every golden face, in batches of at most {@code batchSize}, and then in full batches of
   * each size that the engine has a program of its own for.
   *
   * @return the largest difference seen
   * @throws ModelRefusedException when a difference exceeds {@link
   *     io.framewarden.detector.engine.Precision#tolerance}, or any answer or expectation is not
   *     finite
   */
  static double check(ModelArtifact artifact, InferenceEngine engine, int batchSize) {
    int count = artifact.goldenFaces().size();
    double max = check(artifact, engine, batchSize, count);
    for (int size : engine.batchSizes()) {
      int batches = (count + size - 1) / size;
      max = Math.max(max, check(artifact, engine, size, batches * size));
    }
    return max;
  }

  /** Scores so many rows, repeating the golden faces. */
  private static double check(
      ModelArtifact artifact, InferenceEngine engine, int batchSize, int rows) {
    List<byte[]> faces = artifact.goldenFaces();
    double[] expected = artifact.goldenLogits();
    double max = 0;
    for (int from = 0; from < rows; from += batchSize) {
      int size = Math.min(rows - from, batchSize);
      List<byte[]> part = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        part.add(faces.get((from + i) % faces.size()));
      }
      Scores scores = engine.score(batch(artifact, part));
      for (int i = 0; i < size; i++) {
        int face = (from + i) % faces.size();
        double difference = difference(artifact, expected[face], scores.logit(i));
        if (!(difference <= engine.precision().tolerance()) || !isFinite(scores, i)) {
          throw refusal(artifact, engine, size, face, expected[face], scores.logit(i));
        }
        max = Math.max(max, difference);
      }
    }
    return max;
  }

  private static FaceBatch batch(ModelArtifact artifact, List<byte[]> faces) {
    return FaceBatch.of(artifact.manifest().input().shape(), faces);
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
      ModelArtifact artifact,
      InferenceEngine engine,
      int batch,
      int face,
      double expected,
      double actual) {
    Calibration calibration = artifact.manifest().calibration();
    return new ModelRefusedException(
        ModelRefusedException.Reason.PARITY,
        String.format(
            java.util.Locale.ROOT,
            "%s (manifest %s, %s %s): %s gives golden face %d logit %s (probability %s) in a batch"
                + " of %d, the artifact says %s (%s); in %s a difference of up to %s is allowed"
                + " and every value must be finite. Export the model again, or use the engine it"
                + " was exported for.",
            artifact.folder(),
            artifact.digest(),
            ModelArtifact.MODEL,
            artifact.manifest().files().get(ModelArtifact.MODEL),
            engine.name(),
            face,
            actual,
            calibration.probability(actual),
            batch,
            expected,
            calibration.probability(expected),
            engine.precision().label(),
            engine.precision().tolerance()));
  }
}
