package io.framewarden.extraction.face;

/** Angles in degrees, clockwise. Stateless. */
public final class Rotation {
  private static final float FULL = 360;
  private static final float HALF = 180;

  private Rotation() {}

  /** The same direction, above -180 to 180. */
  public static float normalized(float degrees) {
    float rest = degrees % FULL;
    return rest > HALF ? rest - FULL : rest <= -HALF ? rest + FULL : rest;
  }

  /**
   * The frame rotated counterclockwise by quarters of a circle, so that what is rotated clockwise
   * by as many in the frame is upright in the result.
   *
   * @param quarters 0 to 3
   */
  public static GrayImage undoQuarters(GrayImage frame, int quarters) {
    int width = frame.width();
    int height = frame.height();
    byte[] source = frame.pixels();
    byte[] result = new byte[source.length];
    switch (quarters) {
      case 0 -> {
        return frame;
      }
      case 1 -> {
        for (int y = 0; y < width; y++) {
          for (int x = 0; x < height; x++) {
            result[y * height + x] = source[x * width + width - 1 - y];
          }
        }
      }
      case 2 -> {
        for (int i = 0; i < source.length; i++) {
          result[i] = source[source.length - 1 - i];
        }
      }
      case 3 -> {
        for (int y = 0; y < width; y++) {
          for (int x = 0; x < height; x++) {
            result[y * height + x] = source[(height - 1 - x) * width + y];
          }
        }
      }
      default -> throw new IllegalArgumentException("quarters are 0 to 3, not " + quarters);
    }
    return quarters == 2
        ? new GrayImage(width, height, result)
        : new GrayImage(height, width, result);
  }
}
