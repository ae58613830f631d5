package io.framewarden.trainer.evaluation;

import java.util.List;

/** Anything that scores faces: a network in training or an exported graph. */
public interface FaceScorer extends AutoCloseable {

  /**
   * Raw logits, one for each face in order; higher means more likely fake.
   *
   * @param faces pixels, all of the shape that the model takes
   */
  double[] logits(List<byte[]> faces);

  @Override
  void close();
}
