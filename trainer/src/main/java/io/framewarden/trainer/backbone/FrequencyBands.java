package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * Frequency-aware decomposition (FAD) of F3-Net: one gray channel becomes images of its frequency
 * bands, {@code y_i = D' (D x D' * (base_i + squash(learnt_i))) D}, with D the cosine transform of
 * the whole image. The base filters are fixed and binary: the lowest 1/16 of the spectrum, what
 * follows up to 1/8, the remaining 7/8, and, as a fourth, everything. Coefficients are ordered by
 * the sum of their two indices, and shares are shares of their number.
 */
public final class FrequencyBands extends Layer {

  private static final int BANDS = 4;

  /** Sums of indices, as parts of the side, below which 1/16 and 1/8 of the coefficients lie. */
  private static final double[] EDGES = {0, Math.sqrt(2.0 / 16), Math.sqrt(2.0 / 8), 2};

  private final int side;
  private final Parameter learnt;

  /** A decomposition of images of one side, for the filters are as large as the image. */
  public FrequencyBands(int side) {
    this.side = side;
    learnt =
        addParameter(
            Parameter.builder()
                .setName("filters")
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(BANDS, side, side))
                .optInitializer(Initializer.ZEROS)
                .build());
  }

  @Override
  public <V> V describe(Operations<V> operations, V gray) {
    return operations.frequencyBands(this, gray);
  }

  /** The images (n, 4, side, side) of a gray channel (n, 1, side, side). */
  NDArray images(NDArray gray, NDArray filters) {
    float[] cosines = Dct.matrix(side);
    NDArray inverse = Dct.constant(gray.getManager(), cosines, side, side);
    NDArray forward = Dct.constant(gray.getManager(), Dct.transposed(cosines, side), side, side);
    // Transposing in between turns two products from the right into one from each side; the
    // spectrum itself stays transposed, which the filters' symmetric base does not notice.
    NDArray spectrum = transpose(gray.matMul(forward)).matMul(forward);
    NDArray base = Dct.constant(gray.getManager(), base(), 1, BANDS, side, side);
    NDArray selected = spectrum.mul(base.add(Dct.squashed(filters, gray.getManager())));
    return transpose(selected.matMul(inverse)).matMul(inverse);
  }

  private static NDArray transpose(NDArray x) {
    return x.transpose(0, 1, 3, 2);
  }

  /** The fixed filters (4, side, side): 1 within the band, 0 outside. */
  public float[] base() {
    float[] base = new float[BANDS * side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int place = row * side + column;
        for (int band = 0; band < BANDS - 1; band++) {
          double sum = row + column;
          boolean within = sum >= EDGES[band] * side && sum < EDGES[band + 1] * side;
          base[band * side * side + place] = within ? 1 : 0;
        }
        base[(BANDS - 1) * side * side + place] = 1;
      }
    }
    return base;
  }

  /** What is learnt beside the fixed filters, before it is squashed: (4, side, side). */
  public Parameter learnt() {
    return learnt;
  }

  /** The cosine transform's matrix (side, side). */
  public float[] cosines() {
    return Dct.matrix(side);
  }

  /** Images that come out. */
  public int outputs() {
    return BANDS;
  }

  /** Side of the images in pixels. */
  public int side() {
    return side;
  }
}
