package io.framewarden.trainer.did;

/**
 * What the loss compares a batch of n faces with.
 *
 * @param labels 1 = fake, 0 = real
 * @param domains 0 for a real face and 1..k for the method of a fake
 * @param cellMasks for each face the forged part of each cell of the feature map, 0..1, row by row,
 *     or null where it is not known
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
   * @param mapSide cells of the feature map in a row
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

  /** The mean of the mask, as a part of 255, over each cell's square of pixels. */
  static float[] cells(byte[] mask, int side, int mapSide) {
    int cell = side / mapSide;
    float[] means = new float[mapSide * mapSide];
    for (int row = 0; row < mapSide * cell; row++) {
      for (int column = 0; column < mapSide * cell; column++) {
        means[row / cell * mapSide + column / cell] += mask[row * side + column] & 0xff;
      }
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= 255f * cell * cell;
    }
    return means;
  }
}
