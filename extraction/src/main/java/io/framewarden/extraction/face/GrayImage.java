package io.framewarden.extraction.face;

import java.util.Arrays;
import java.util.Objects;

/**
 * A frame of luma values. The array is shared, not copied: nobody writes into it once the frame is
 * constructed.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param pixels gray8, full range, row-major, {@code width * height} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a copy per frame would cost more than decoding it
public record GrayImage(int width, int height, byte[] pixels) {
  public GrayImage {
    Objects.requireNonNull(pixels, "pixels");
    if (width < 1 || height < 1 || pixels.length != (long) width * height) {
      throw new IllegalArgumentException(
          "a gray frame of "
              + width
              + "x"
              + height
              + " cannot have "
              + pixels.length
              + " bytes of pixels");
    }
  }

  /** The value at a point inside the frame, 0 to 255. */
  public int at(int x, int y) {
    return pixels[y * width + x] & 0xff;
  }

  /**
   * A square part. Where it reaches outside the frame, the frame's edge pixels are repeated.
   *
   * @param side pixels, at least 1
   */
  public GrayImage square(int left, int top, int side) {
    byte[] part = new byte[Math.multiplyExact(side, side)];
    int from = Math.min(side, Math.max(0, -left));
    int to = Math.max(from, Math.min(side, width - left));
    for (int y = 0; y < side; y++) {
      int row = Math.max(0, Math.min(height - 1, top + y)) * width;
      Arrays.fill(part, y * side, y * side + from, pixels[row]);
      System.arraycopy(
          pixels, row + Math.min(width, Math.max(0, left)), part, y * side + from, to - from);
      Arrays.fill(part, y * side + to, (y + 1) * side, pixels[row + width - 1]);
    }
    return new GrayImage(side, side, part);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GrayImage image
        && width == image.width
        && height == image.height
        && Arrays.equals(pixels, image.pixels);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, height, Arrays.hashCode(pixels));
  }

  @Override
  public String toString() {
    return "GrayImage[" + width + "x" + height + "]";
  }
}
