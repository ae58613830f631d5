package io.framewarden.trainer.resynthesis;

/**
 * How each autoencoder is trained.
 *
 * @param steps batches in all, at least 1
 * @param batch squares in a batch, at least 1
 * @param learningRate peak rate of AdamW, above 0
 * @param seed decides the first weights and everything that is drawn
 */
public record AutoencoderConfig(long steps, int batch, double learningRate, long seed) {
  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  public AutoencoderConfig {
    if (steps < 1 || batch < 1) {
      throw new IllegalArgumentException("steps and batch must be at least 1");
    }
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException("learningRate must be above 0, not " + learningRate);
    }
  }
}
