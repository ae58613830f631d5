package io.framewarden.trainer.command;

import io.framewarden.trainer.evaluation.FaceScorer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Scores with a network and with its exported graph, and gives the graph's answer only while the
 * two agree. Owns both scorers.
 */
final class AgreeingScorer implements FaceScorer {
  /** Largest difference of two logits. */
  static final double MOST_DIFFERENCE = 1e-4;

  private final FaceScorer network;
  private final FaceScorer graph;
  private final Path named;
  private double most;

  AgreeingScorer(FaceScorer network, FaceScorer graph, Path named) {
    this.network = network;
    this.graph = graph;
    this.named = named;
  }

  /**
   * @throws CommandFailure when a face's logits differ by more than {@link #MOST_DIFFERENCE}
   */
  @Override
  public double[] logits(List<byte[]> faces) {
    double[] expected = network.logits(faces);
    double[] actual = graph.logits(faces);
    for (int i = 0; i < actual.length; i++) {
      most = Math.max(most, Math.abs(expected[i] - actual[i]));
      // Asked this way round, NaN is a difference.
      if (!(Math.abs(expected[i] - actual[i]) <= MOST_DIFFERENCE)) {
        throw new CommandFailure(
            String.format(
                Locale.ROOT,
                "%s: the checkpoint gives a face the logit %.6f, the exported graph %.6f; they may"
                    + " differ by %.0e. Is the graph of another step? `framewarden export` makes it"
                    + " again",
                named,
                expected[i],
                actual[i],
                MOST_DIFFERENCE));
      }
    }
    return actual;
  }

  /** Largest difference of two logits so far. */
  double most() {
    return most;
  }

  /** The graph alone, which this scorer goes on owning. */
  FaceScorer graph() {
    return graph;
  }

  @Override
  public void close() {
    graph.close();
    network.close();
  }
}
