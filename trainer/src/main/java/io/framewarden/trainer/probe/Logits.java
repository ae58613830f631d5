package io.framewarden.trainer.probe;

import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.ScoreSet;
import java.util.Arrays;
import java.util.List;

/** A model's logits of many faces, and what they come to. One thread, as the scorer. */
final class Logits {
  private static final int BATCH = 256;

  private final FaceScorer scorer;

  Logits(FaceScorer scorer) {
    this.scorer = scorer;
  }

  double[] of(List<byte[]> faces) {
    double[] logits = new double[faces.size()];
    for (int from = 0; from < logits.length; from += BATCH) {
      double[] some = scorer.logits(faces.subList(from, Math.min(logits.length, from + BATCH)));
      System.arraycopy(some, 0, logits, from, some.length);
    }
    return logits;
  }

  /** How well fakes score above reals. */
  double auc(List<byte[]> reals, List<byte[]> fakes) {
    return auc(of(reals), of(fakes));
  }

  static double auc(double[] reals, double[] fakes) {
    double[] all = Arrays.copyOf(reals, reals.length + fakes.length);
    System.arraycopy(fakes, 0, all, reals.length, fakes.length);
    boolean[] fake = new boolean[all.length];
    Arrays.fill(fake, reals.length, fake.length, true);
    return ScoreSet.of(all, fake).auc().orElseThrow();
  }

  static double mean(double[] logits) {
    return Arrays.stream(logits).average().orElseThrow();
  }
}
