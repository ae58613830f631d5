package io.framewarden.extraction.ffmpeg;

import io.framewarden.extraction.face.GrayImage;

/**
 * How a stored frame is made upright: transposed first, then mirrored.
 *
 * @param transposed rows become columns
 * @param mirroredX left becomes right, after transposing
 * @param mirroredY top becomes bottom, after transposing
 */
record Orientation(boolean transposed, boolean mirroredX, boolean mirroredY) {
  static final Orientation UPRIGHT = new Orientation(false, false, false);
  static final int MATRIX_LENGTH = 9;

  /**
   * From a display matrix as containers carry it: nine integers, row-major, where a point (x, y)
   * goes to (a x + c y, b x + d y) with a, b, c, d at 0, 1, 3, 4. Rotations that are no multiple of
   * 90 degrees leave the frame as it is.
   */
  static Orientation of(int[] matrix) {
    long a = matrix[0];
    long b = matrix[1];
    long c = matrix[3];
    long d = matrix[4];
    boolean straight = Math.min(Math.abs(a), Math.abs(d)) > 4 * Math.max(Math.abs(b), Math.abs(c));
    boolean quarterTurn =
        Math.min(Math.abs(b), Math.abs(c)) > 4 * Math.max(Math.abs(a), Math.abs(d));
    if (straight) {
      return new Orientation(false, a < 0, d < 0);
    }
    return quarterTurn ? new Orientation(true, c < 0, b < 0) : UPRIGHT;
  }

  /** The rotation in degrees clockwise, mirroring aside. */
  int degrees() {
    if (transposed) {
      return mirroredX ? 90 : 270;
    }
    return mirroredX && mirroredY ? 180 : 0;
  }

  /** The upright frame; {@code frame} itself when it is upright already. */
  GrayImage apply(GrayImage frame) {
    if (equals(UPRIGHT)) {
      return frame;
    }
    int width = transposed ? frame.height() : frame.width();
    int height = transposed ? frame.width() : frame.height();
    byte[] from = frame.pixels();
    byte[] to = new byte[from.length];
    for (int y = 0; y < height; y++) {
      int v = mirroredY ? height - 1 - y : y;
      for (int x = 0; x < width; x++) {
        int u = mirroredX ? width - 1 - x : x;
        to[y * width + x] = from[transposed ? u * frame.width() + v : v * frame.width() + u];
      }
    }
    return new GrayImage(width, height, to);
  }
}
