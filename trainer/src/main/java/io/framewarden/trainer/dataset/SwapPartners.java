package io.framewarden.trainer.dataset;

import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses whose face is swapped in. */
final class SwapPartners {
  private static final int CANDIDATES = 8;
  private static final int STRIDE = 16;
  private static final int SIDE = 224;

  private SwapPartners() {}

  /**
   * Of a few faces drawn at random, another person's that is most similar in its coarse lights and
   * shadows: people who swap faces choose a match too. The face itself only when there is nobody
   * else among those drawn.
   */
  static FaceSample closest(FaceSample face, List<FaceSample> candidates, RandomGenerator random) {
    FaceSample best = face;
    byte[] own = face.pixels();
    long smallest = Long.MAX_VALUE;
    for (int i = 0; i < CANDIDATES; i++) {
      FaceSample candidate = candidates.get(random.nextInt(candidates.size()));
      if (candidate.identity().equals(face.identity())) {
        continue;
      }
      long difference = difference(own, candidate.pixels());
      if (difference < smallest) {
        smallest = difference;
        best = candidate;
      }
    }
    return best;
  }

  /** Summed absolute difference of the inner face on a coarse grid. */
  private static long difference(byte[] one, byte[] other) {
    long sum = 0;
    for (int y = 2 * STRIDE; y < SIDE - 2 * STRIDE; y += STRIDE) {
      for (int x = 2 * STRIDE; x < SIDE - 2 * STRIDE; x += STRIDE) {
        int at = y * SIDE + x;
        sum += Math.abs((one[at] & 0xff) - (other[at] & 0xff));
      }
    }
    return sum;
  }
}
