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
