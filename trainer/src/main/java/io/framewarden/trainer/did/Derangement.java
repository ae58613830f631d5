package io.framewarden.trainer.did;

import java.util.SplittableRandom;

/** Permutations without a fixed point, for the marginal pairs of the MI estimate. */
public final class Derangement {

  private Derangement() {}

  /**
   * A random cyclic order (Sattolo's algorithm): every sample gets a partner, none its own.
   *
   * @param size at least 2
   * @param seed decides the order
   * @return for each index the index of its partner
   */
  public static int[] of(int size, long seed) {
    if (size < 2) {
      throw new IllegalArgumentException("A batch of " + size + " has no partners to shuffle");
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] partners = new int[size];
    for (int i = 0; i < size; i++) {
      partners[i] = i;
    }
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i);
      int swapped = partners[i];
      partners[i] = partners[j];
      partners[j] = swapped;
    }
    return partners;
  }
}
