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
   * @param faces square gray8 faces of one side; those from index {@code from} to before {@code to}
   *     are taken
   * @throws IllegalArgumentException naming the face that has another size or is no square
   */
  public static NDArray of(NDManager manager, byte[][] faces, int from, int to) {
    int side = side(faces, from);
    return TensorValues.of(manager, gray(faces, from, to), new Shape(to - from, 1, side, side));
  }

  /** The side of a square face. */
  public static int side(byte[][] faces, int face) {
    int side = (int) Math.round(Math.sqrt(faces[face].length));
    if (side * side != faces[face].length) {
      throw new IllegalArgumentException(
          "Face %d of %d pixels is no square".formatted(face, faces[face].length));
    }
    return side;
  }

  /** The values of {@link #of}'s tensor, in its order. */
  public static float[] gray(byte[][] faces, int from, int to) {
    int side = side(faces, from);
    int pixels = side * side;
    float[] values = new float[(to - from) * pixels];
    for (int i = from; i < to; i++) {
      if (faces[i].length != pixels) {
        throw new IllegalArgumentException(
            "Face %d has %d pixels; face %d has %d x %d"
                .formatted(i, faces[i].length, from, side, side));
      }
      int offset = (i - from) * pixels;
      for (int p = 0; p < pixels; p++) {
        values[offset + p] = faces[i][p] & 0xff;
      }
    }
    return values;
  }
}
