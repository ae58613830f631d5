package io.framewarden.trainer.run;

import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.training.TrainedDid;
import java.util.List;

/** A trained network as a scorer; the network stays its owner's. One thread. */
public record NetworkScorer(TrainedDid trained) implements FaceScorer {
  @Override
  public double[] logits(List<byte[]> faces) {
    float[] scores = trained.scorer().score(faces.toArray(byte[][]::new)).logits();
    double[] logits = new double[scores.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = scores[i];
    }
    return logits;
  }

  @Override
  public void close() {
    // Nothing of its own to free.
  }
}
