package io.framewarden.detector.engine;

import java.util.List;

/**
 * A loaded model that scores faces. One thread at a time may use an engine, and whoever opened it
 * closes it; it owns native memory.
 */
public interface InferenceEngine extends AutoCloseable {

  /** The runtime with its version and device, as it reports them, for the provenance of scores. */
  String name();

  /** The arithmetic it scores with, which sets the parity gate's tolerance. */
  Precision precision();

  /**
   * The batch sizes that are answered by programs of their own, each of which can be wrong by
   * itself: the parity gate tries them all. Empty when one program answers every size.
   */
  default List<Integer> batchSizes() {
    return List.of();
  }

  /** Padding rows that are computed for a batch of {@code faces}, and dropped. */
  default int padding(int faces) {
    return 0;
  }

  /**
   * Scores a batch of any size. A face's answer does not depend on the others in its batch beyond
   * float noise.
   *
   * @param batch faces of the shape that the model takes
   * @return raw logits and attention maps, in the batch's order; not finite when the model's answer
   *     is not
   * @throws InferenceException when the engine cannot answer
   */
  Scores score(FaceBatch batch);

  /** Frees the native memory. Safe to call twice. */
  @Override
  void close();
}
