package io.framewarden.trainer.forgery;

import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.random.RandomGenerator;

/**
 * One way of making a pseudo-fake from photographs, at their own size. Stateless; any number of
 * threads.
 */
public interface Forgery {

  /** The domain's name, as labels and reports give it. */
  String name();

  /** Whether another person's face goes in; the other kinds ignore the donor. */
  default boolean swaps() {
    return false;
  }

  /**
   * Makes a pseudo-fake. The result depends on nothing but the arguments, and its mask is not
   * empty.
   *
   * @param face the face to forge
   * @param donor another person's face of about the same pose, for the kinds that swap
   */
  ForgedPair make(FacePhotograph face, FacePhotograph donor, RandomGenerator random);
}
