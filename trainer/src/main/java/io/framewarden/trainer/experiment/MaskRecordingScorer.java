package io.framewarden.trainer.experiment;

import io.framewarden.trainer.did.FaceScores;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.training.TrainedDid;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained network as a scorer that records the mean and the spread of M_df of every face; the
 * network stays its owner's. One thread.
 */
public final class MaskRecordingScorer implements FaceScorer {
  private final TrainedDid trained;
  private final List<Double> means = new ArrayList<>();
  private final List<Double> deviations = new ArrayList<>();

  /** A scorer of a network, which the caller closes after it. */
  public MaskRecordingScorer(TrainedDid trained) {
    this.trained = trained;
  }

  @Override
  public double[] logits(List<byte[]> faces) {
    FaceScores scores = trained.scorer().score(faces.toArray(byte[][]::new));
    double[] logits = new double[faces.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = scores.logits()[i];
      double[] cells = new double[scores.attention()[i].length];
      for (int cell = 0; cell < cells.length; cell++) {
        cells[cell] = scores.attention()[i][cell];
      }
      double mean = mean(cells);
      means.add(mean);
      deviations.add(deviation(cells, mean));
    }
    return logits;
  }

  /** Mean of M_df over cells and faces, 0..1. */
  public double mean() {
    return mean(values(means));
  }

  /** Standard deviation over a face's cells, averaged over faces. */
  public double overCells() {
    return mean(values(deviations));
  }

  /** Standard deviation over faces of a face's mean. */
  public double overFaces() {
    return deviation(values(means), mean());
  }

  private static double[] values(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Of all there are, not of a sample: divided by n. */
  private static double deviation(double[] values, double mean) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  @Override
  public void close() {
    // Nothing of its own to free.
  }
}
