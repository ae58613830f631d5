package io.framewarden.trainer.forgery;

import java.util.random.RandomGenerator;

/** One way of making a pseudo-fake from real faces. Stateless; any number of threads. */
public interface Forgery {

  /** The domain's name, as labels and reports give it. */
  String name();

  /** Whether another person's face goes in; the other kinds ignore the donor. */
  default boolean swaps() {
    return false;
  }

  /**
   * Makes a pseudo-fake. The result depends on nothing but the arguments, keeps every pixel where
   * its mask is 0, and its mask is not empty.
   *
   * @param face the face to forge
   * @param donor another person's face, for the kinds that swap; the others ignore it
   */
  PseudoFake make(FaceImage face, FaceImage donor, RandomGenerator random);
}
