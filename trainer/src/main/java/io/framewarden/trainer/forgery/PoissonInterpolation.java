package io.framewarden.trainer.forgery;

/**
 * Harmonic interpolation into a region from the values around it: the solution of Laplace's
 * equation with these values at the rim, which is what Poisson image editing adds to a pasted image
 * (Perez, Gangnet and Blake, 2003, eq. 4 for a guidance field that is a gradient). Solved from
 * coarse to fine, with a few relaxations on every level: to about one gray level, far faster than a
 * direct solution. Stateless.
 */
final class PoissonInterpolation {
  /** Few enough cells that the relaxations below reach from rim to rim. */
  private static final int COARSEST = 8;

  private static final int SWEEPS = 8;
  private static final int SWEEPS_COARSEST = 32;

  private PoissonInterpolation() {}

  /**
   * Interpolates.
   *
   * @param values row-major; what is given where nothing is free, ignored elsewhere
   * @param free the region; the outermost pixels of the image never are
   * @param width of the image
   * @return the values, interpolated where they were free
   */
  static float[] interpolate(float[] values, boolean[] free, int width) {
    int height = values.length / width;
    // A square that halves down to the coarsest level; beyond the image its border goes on.
    int side = COARSEST;
    while (side < Math.max(width, height)) {
      side *= 2;
    }
    Level level = new Level(side);
    for (int i = 0; i < level.given.length; i++) {
      int x = Math.min(width - 1, i % side);
      int y = Math.min(height - 1, i / side);
      int at = y * width + x;
      boolean border = x <= 1 || y <= 1 || x >= width - 2 || y >= height - 2;
      level.share[i] = free[at] && !border ? 1 : 0;
      level.given[i] = level.share[i] == 1 ? 0 : values[at];
    }
    float[] solved = level.solve();
    float[] out = new float[values.length];
    for (int row = 0; row < height; row++) {
      System.arraycopy(solved, row * side, out, row * width, width);
    }
    return out;
  }

  /** One resolution of the problem. */
  private static final class Level {
    private final int side;
    private final float[] given;

    /** 1 where free, else 0: a factor, so that a sweep is free of branches. */
    private final float[] share;

    Level(int side) {
      this.side = side;
      given = new float[side * side];
      share = new float[side * side];
    }

    float[] solve() {
      boolean coarsest = side <= COARSEST || side % 2 != 0;
      float[] start = coarsest ? given.clone() : prolongate(coarsen().solve());
      return relax(start, coarsest ? SWEEPS_COARSEST : SWEEPS);
    }

    /** Free only where all four cells are; else the mean of what is given. */
    private Level coarsen() {
      Level coarse = new Level(side / 2);
      for (int row = 0; row < coarse.side; row++) {
        for (int column = 0; column < coarse.side; column++) {
          int at = 2 * row * side + 2 * column;
          float free = share[at] + share[at + 1] + share[at + side] + share[at + side + 1];
          float sum = given[at] + given[at + 1] + given[at + side] + given[at + side + 1];
          int here = row * coarse.side + column;
          coarse.share[here] = free == 4 ? 1 : 0;
          coarse.given[here] = free == 4 ? 0 : sum / (4 - free);
        }
      }
      return coarse;
    }

    private float[] prolongate(float[] coarse) {
      float[] start = new float[given.length];
      for (int row = 0; row < side; row++) {
        int above = row / 2 * (side / 2);
        for (int column = 0; column < side; column++) {
          int at = row * side + column;
          start[at] = given[at] + share[at] * coarse[above + column / 2];
        }
      }
      return start;
    }

    /** Jacobi's method. */
    private float[] relax(float[] start, int sweeps) {
      float[] now = start;
      float[] next = start.clone();
      for (int sweep = 0; sweep < sweeps; sweep++) {
        for (int i = side; i < now.length - side; i++) {
          float mean = 0.25f * (now[i - 1] + now[i + 1] + now[i - side] + now[i + side]);
          next[i] = given[i] + share[i] * mean;
        }
        float[] other = now;
        now = next;
        next = other;
      }
      return now;
    }
  }
}
