package io.framewarden.detector.engine;

/**
 * A compiled graph that scores batches of one size, or of any. For one thread at a time; owns
 * native memory.
 */
public interface BucketProgram extends AutoCloseable {

  /**
   * Scores a batch of exactly the size that it was compiled for.
   *
   * @throws InferenceException when the engine cannot answer
   */
  Scores score(FaceBatch batch);

  /** Frees the native memory. Safe to call twice. */
  @Override
  void close();
}
