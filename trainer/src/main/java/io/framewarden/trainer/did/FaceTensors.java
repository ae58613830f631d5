package io.framewarden.trainer.did;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Gray faces as the network's input. */
public final class FaceTensors {

  private FaceTensors() {}

  /**
   * A batch as a tensor, (n, 1, side, side) float32 with values 0..255, which belongs to the
   * manager.
   *
   * @param faces gray8 faces from index {@code from} to before {@code to} are taken
   * @param side in pixels
   * @throws IllegalArgumentException naming the face that has another size
   */
  public static NDArray of(NDManager manager, byte[][] faces, int from, int to, int side) {
    Shape shape = new Shape(to - from, 1, side, side);
    return TensorValues.of(manager, gray(faces, from, to, side), shape);
  }

  /** The values of {@link #of}'s tensor, in its order. */
  public static float[] gray(byte[][] faces, int from, int to, int side) {
    int pixels = side * side;
    float[] values = new float[(to - from) * pixels];
    for (int i = from; i < to; i++) {
      if (faces[i].length != pixels) {
        throw new IllegalArgumentException(
            "Face %d has %d pixels; the network takes %d x %d"
                .formatted(i, faces[i].length, side, side));
      }
      int offset = (i - from) * pixels;
      for (int p = 0; p < pixels; p++) {
        values[offset + p] = faces[i][p] & 0xff;
      }
    }
    return values;
  }
}
