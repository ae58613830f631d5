package io.framewarden.trainer.did;

/**
 * What the loss compares a batch of n faces with.
 *
 * @param labels 1 = fake, 0 = real
 * @param domains 0 for a real face and 1..k for the method of a fake
 * @param cellMasks for each face the forged part of each cell of a map, 0..1, row by row, or null
 *     where it is not known
 */
public record LossTargets(float[] labels, int[] domains, float[][] cellMasks) {

  /**
   * @throws IllegalArgumentException if the lengths differ, or a face's label and domain disagree
   */
  public LossTargets {
    if (labels.length != domains.length || labels.length != cellMasks.length) {
      throw new IllegalArgumentException("As many labels as domains and masks are needed");
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] != 0 && labels[i] != 1)
          || domains[i] < 0
          || (labels[i] == 0) != (domains[i] == 0)) {
        throw new IllegalArgumentException(
            "Face %d has label %s and domain %d: a real face has 0 and 0, a fake 1 and its method"
                .formatted(i, labels[i], domains[i]));
      }
    }
  }

  /**
   * The targets of a batch.
   *
   * @param masks for each face a gray8 mask of {@code side * side} pixels, above 0 where forged, or
   *     null; a real face needs none, none of it is forged
   * @param side of the masks
   * @param mapSide cells in a row of the map that the masks are compared with, at most as many
   */
  public static LossTargets of(
      float[] labels, int[] domains, byte[][] masks, int side, int mapSide) {
    float[][] cells = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == 0) {
        cells[i] = new float[mapSide * mapSide];
      } else if (masks[i] != null) {
        cells[i] = cells(masks[i], side, mapSide);
      }
    }
    return new LossTargets(labels, domains, cells);
  }

  /**
   * The mean of the mask, as a part of 255, over each cell's square; where an edge of it runs
   * through a pixel, the pixel counts for both sides by its parts.
   */
  static float[] cells(byte[] mask, int side, int mapSide) {
    double cell = (double) side / mapSide;
    double[] sums = new double[mapSide * mapSide];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int value = mask[row * side + column] & 0xff;
        if (value > 0) {
          add(sums, mapSide, row, column, cell, value);
        }
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / (255 * cell * cell));
    }
    return means;
  }

  private static void add(
      double[] sums, int mapSide, int row, int column, double cell, double value) {
    int top = (int) (row / cell);
    int left = (int) (column / cell);
    for (int y = top; y <= Math.min(top + 1, mapSide - 1); y++) {
      for (int x = left; x <= Math.min(left + 1, mapSide - 1); x++) {
        sums[y * mapSide + x] += value * shared(row, y, cell) * shared(column, x, cell);
      }
    }
  }

  /** How much of a pixel lies in a cell, in one direction. */
  private static double shared(int pixel, int index, double cell) {
    double from = Math.max(pixel, index * cell);
    return Math.max(0, Math.min(pixel + 1, (index + 1) * cell) - from);
  }
}
