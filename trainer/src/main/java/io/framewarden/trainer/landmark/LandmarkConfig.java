package io.framewarden.trainer.landmark;

/**
 * How a landmark network is trained.
 *
 * @param steps batches in all
 * @param faces of each batch, which show a face
 * @param backgrounds of each batch, which show none
 * @param learningRate peak rate of AdamW for the backbone
 * @param checkpointEvery steps between checkpoints
 * @param seed decides the first weights and everything that is drawn
 */
public record LandmarkConfig(
    long steps, int faces, int backgrounds, double learningRate, long checkpointEvery, long seed) {
  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  public LandmarkConfig {
    require(steps >= 1, "steps must be at least 1", steps);
    require(faces >= 1, "faces must be at least 1", faces);
    require(backgrounds >= 1, "backgrounds must be at least 1", backgrounds);
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "learningRate must be above 0",
        learningRate);
    require(checkpointEvery >= 1, "checkpointEvery must be at least 1", checkpointEvery);
  }

  private static void require(boolean holds, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }
}
