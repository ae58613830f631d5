package io.framewarden.detector.engine;

/**
 * A loaded model that scores faces. One thread at a time may use an engine, and whoever opened it
 * closes it; it owns native memory.
 */
public interface InferenceEngine extends AutoCloseable {

  /** What scores, with version and device as the runtime itself says, for the provenance. */
  String name();

  /**
   * Scores a batch of any size. A face's answer does not depend on the others in its batch beyond
   * float noise.
   *
   * @param batch faces of the size that the model takes
   * @return raw logits and attention maps, in the batch's order; not finite when the model's answer
   *     is not
   * @throws InferenceException when the engine cannot answer
   */
  Scores score(FaceBatch batch);

  /** Gives the native memory back. Safe to call twice. */
  @Override
  void close();
}
