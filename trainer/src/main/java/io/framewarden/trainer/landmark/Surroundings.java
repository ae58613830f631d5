package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.GrayImage;

/**
 * Continues photographs beyond their border: they are cropped tightly, and the squares around faces
 * reach out of them. Stateless.
 */
final class Surroundings {
  private Surroundings() {}

  /** What lies beyond the border. */
  enum Kind {
    /** The last pixels again and again, as at the border of a frame. */
    REPLICATED,
    /** The photograph mirrored. */
    REFLECTED,
    /** Another photograph. */
    OTHER
  }

  /**
   * The photograph in the middle of an image of twice its width and height.
   *
   * @param other what is seen beyond the border for {@link Kind#OTHER}
   */
  static GrayImage around(GrayImage image, Kind kind, GrayImage other) {
    int width = image.width();
    int height = image.height();
    int[] columns = new int[2 * width];
    for (int x = 0; x < columns.length; x++) {
      columns[x] = place(x - width / 2, width, kind);
    }
    byte[] out = new byte[4 * width * height];
    for (int y = 0; y < 2 * height; y++) {
      int row = place(y - height / 2, height, kind) * width;
      for (int x = 0; x < columns.length; x++) {
        out[y * columns.length + x] = image.pixels()[row + columns[x]];
      }
    }
    if (kind == Kind.OTHER) {
      fill(out, width, height, other);
    }
    return new GrayImage(2 * width, 2 * height, out);
  }

  private static void fill(byte[] out, int width, int height, GrayImage other) {
    for (int y = 0; y < 2 * height; y++) {
      boolean beside = y >= height / 2 && y < height / 2 + height;
      for (int x = 0; x < 2 * width; x++) {
        if (beside && x == width / 2) {
          x += width;
        }
        out[y * 2 * width + x] = (byte) other.at(x % other.width(), y % other.height());
      }
    }
  }

  private static int place(int at, int size, Kind kind) {
    if (kind == Kind.REFLECTED) {
      int positive = Math.abs(at);
      return positive < size ? positive : Math.max(0, 2 * (size - 1) - positive);
    }
    return Math.max(0, Math.min(size - 1, at));
  }
}
