package io.framewarden.trainer.run;

import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.evaluation.FaceScorer;
import io.framewarden.trainer.evaluation.LogitAgreement;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Scores with a network and with its exported graph, and returns the graph's logits only while the
 * two agree. Owns both scorers. One thread.
 */
public final class ParityCheckingScorer implements FaceScorer {
  private final FaceScorer network;
  private final FaceScorer graph;
  private final Path named;
  private double maxDifference;

  ParityCheckingScorer(FaceScorer network, FaceScorer graph, Path named) {
    this.network = network;
    this.graph = graph;
    this.named = named;
  }

  /**
   * @throws UserError when a face's logits differ by more than {@link LogitAgreement#LIMIT}
   */
  @Override
  public double[] logits(List<byte[]> faces) {
    double[] expected = network.logits(faces);
    double[] actual = graph.logits(faces);
    for (int i = 0; i < actual.length; i++) {
      double difference = LogitAgreement.difference(expected[i], actual[i]);
      maxDifference = Math.max(maxDifference, difference);
      if (difference > LogitAgreement.LIMIT) {
        throw new UserError(
            String.format(
                Locale.ROOT,
                "%s: the checkpoint gives a face the logit %.6f, the exported graph %.6f; they may"
                    + " differ by %.0e. Is the graph of another step? `framewarden export` makes it"
                    + " again",
                named,
                expected[i],
                actual[i],
                LogitAgreement.LIMIT));
      }
    }
    return actual;
  }

  /** Largest {@link LogitAgreement#difference} so far. */
  public double maxDifference() {
    return maxDifference;
  }

  /** The graph alone; this scorer still owns it. */
  public FaceScorer graph() {
    return graph;
  }

  @Override
  public void close() {
    graph.close();
    network.close();
  }
}
