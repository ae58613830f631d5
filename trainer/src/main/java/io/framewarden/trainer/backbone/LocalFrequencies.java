package io.framewarden.trainer.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.initializer.Initializer;

/**
 * Local frequency statistics (LFS) of F3-Net: the cosine transform of each 10x10 window at a stride
 * of 2, and for each of six bands {@code log10(sum |D(window) (base_i + squash(learnt_i))| + e)}.
 * The bands are equally wide in the sum of the coefficients' indices, and each is normalised by its
 * number of coefficients.
 *
 * <p>Ours: {@value #FLOOR} for e, so that flat windows do not dominate; 5 pixels of padding, which
 * makes the two streams' maps equally large.
 */
public final class LocalFrequencies extends Layer {

  /** Side of a window. */
  public static final int WINDOW = 10;

  /** Pixels from window to window. */
  public static final int STRIDE = 2;

  /** Zeros around the image. */
  public static final int PADDING = 5;

  /** Coefficients of a window. */
  public static final int COEFFICIENTS = WINDOW * WINDOW;

  /** Added before the logarithm. */
  public static final float FLOOR = 0.01f;

  private static final int BANDS = 6;

  private final Parameter learnt;

  /** The statistics of images of any side. */
  public LocalFrequencies() {
    learnt =
        addParameter(
            Parameter.builder()
                .setName("filters")
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(BANDS, COEFFICIENTS))
                .optInitializer(Initializer.ZEROS)
                .build());
  }

  @Override
  public <V> V describe(Operations<V> operations, V gray) {
    return operations.localFrequencies(this, gray);
  }

  /** The statistics (n, 6, h, w) of a gray channel (n, 1, side, side). */
  NDArray statistics(NDArray gray, NDArray filters) {
    NDArray kernels = Dct.constant(gray.getManager(), kernels(), COEFFICIENTS, 1, WINDOW, WINDOW);
    NDArray base = Dct.constant(gray.getManager(), base(), BANDS, COEFFICIENTS);
    NDArray weights =
        base.add(Dct.squashed(filters, gray.getManager())).abs().reshape(BANDS, COEFFICIENTS, 1, 1);
    NDArray sizes = convolved(gray, kernels, STRIDE, PADDING).abs();
    NDArray floor = Dct.constant(gray.getManager(), new float[] {FLOOR}, 1);
    return convolved(sizes, weights, 1, 0).add(floor).log10();
  }

  private static NDArray convolved(NDArray x, NDArray kernels, int stride, int padding) {
    return Conv2d.conv2d(
            x,
            kernels,
            null,
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1),
            1)
        .singletonOrThrow();
  }

  /** The products of two cosines as kernels (100, 1, 10, 10). */
  public float[] kernels() {
    float[] cosines = Dct.matrix(WINDOW);
    float[] kernels = new float[COEFFICIENTS * COEFFICIENTS];
    for (int coefficient = 0; coefficient < COEFFICIENTS; coefficient++) {
      int down = coefficient / WINDOW * WINDOW;
      int across = coefficient % WINDOW * WINDOW;
      for (int pixel = 0; pixel < COEFFICIENTS; pixel++) {
        kernels[coefficient * COEFFICIENTS + pixel] =
            cosines[down + pixel / WINDOW] * cosines[across + pixel % WINDOW];
      }
    }
    return kernels;
  }

  /** The fixed filters (6, 100): within the band one over its number of coefficients, else 0. */
  public float[] base() {
    float[] base = new float[BANDS * COEFFICIENTS];
    int[] sizes = new int[BANDS];
    for (int coefficient = 0; coefficient < COEFFICIENTS; coefficient++) {
      sizes[band(coefficient)]++;
    }
    for (int coefficient = 0; coefficient < COEFFICIENTS; coefficient++) {
      int band = band(coefficient);
      base[band * COEFFICIENTS + coefficient] = 1f / sizes[band];
    }
    return base;
  }

  private static int band(int coefficient) {
    return (coefficient / WINDOW + coefficient % WINDOW) * BANDS / (2 * WINDOW);
  }

  /** What is learnt beside the fixed filters, before it is squashed: (6, 100). */
  public Parameter learnt() {
    return learnt;
  }

  /** Bands. */
  public int outputs() {
    return BANDS;
  }
}
