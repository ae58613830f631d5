package io.framewarden.extraction.face;

/**
 * Scales frames down by area: each value of the result is the mean of the part of the source that
 * it covers. Integer arithmetic only, so every machine gets the same bytes. Stateless.
 */
public final class FrameScaler {
  private FrameScaler() {}

  /**
   * The frame itself, or one whose longer side is {@code longSide} and whose aspect is kept as far
   * as whole pixels allow; never enlarges.
   */
  public static GrayImage toLongSide(GrayImage frame, int longSide) {
    int longer = Math.max(frame.width(), frame.height());
    if (longer <= longSide) {
      return frame;
    }
    return toSize(
        frame, scaled(frame.width(), longSide, longer), scaled(frame.height(), longSide, longer));
  }

  /**
   * The frame scaled down to exactly this size.
   *
   * @throws IllegalArgumentException if that would enlarge it
   */
  public static GrayImage toSize(GrayImage frame, int width, int height) {
    if (width > frame.width() || height > frame.height() || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          frame + " cannot be reduced to " + width + "x" + height + " pixels");
    }
    if (width == frame.width() && height == frame.height()) {
      return frame;
    }
    byte[] result = new byte[width * height];
    int[] row = new int[width];
    long[] sum = new long[width];
    long area = (long) frame.width() * frame.height();
    int y = 0;
    // On an axis where a source pixel is `height` units long, a result pixel is
    // `frame.height()` units long: coverage becomes a whole number.
    for (int sourceY = 0; sourceY < frame.height(); sourceY++) {
      reduceRow(frame, sourceY, row);
      long start = (long) sourceY * height;
      long border = (y + 1L) * frame.height();
      add(row, Math.min(start + height, border) - start, sum);
      if (start + height >= border) {
        write(sum, area, result, y * width);
        y++;
        add(row, start + height - border, sum);
      }
    }
    return new GrayImage(width, height, result);
  }

  /** Means of two by two pixels; an odd last column or row counts twice. */
  public static GrayImage halve(GrayImage frame) {
    int width = (frame.width() + 1) / 2;
    int height = (frame.height() + 1) / 2;
    byte[] result = new byte[width * height];
    for (int y = 0; y < height; y++) {
      int lower = Math.min(2 * y + 1, frame.height() - 1);
      for (int x = 0; x < width; x++) {
        int right = Math.min(2 * x + 1, frame.width() - 1);
        int sum =
            frame.at(2 * x, 2 * y)
                + frame.at(right, 2 * y)
                + frame.at(2 * x, lower)
                + frame.at(right, lower);
        result[y * width + x] = (byte) ((sum + 2) / 4);
      }
    }
    return new GrayImage(width, height, result);
  }

  private static int scaled(int side, int longSide, int longer) {
    return (int) Math.max(1, ((long) side * longSide + longer / 2) / longer);
  }

  /** Sums of one source row: the values times the units that each result pixel covers of them. */
  private static void reduceRow(GrayImage frame, int sourceY, int[] row) {
    byte[] pixels = frame.pixels();
    int from = sourceY * frame.width();
    int left = frame.width(); // units still missing in the current result pixel
    int sum = 0;
    int x = 0;
    for (int sourceX = 0; sourceX < frame.width(); sourceX++) {
      int value = pixels[from + sourceX] & 0xff;
      if (row.length < left) {
        sum += value * row.length;
        left -= row.length;
      } else {
        row[x++] = sum + value * left;
        int rest = row.length - left;
        sum = value * rest;
        left = frame.width() - rest;
      }
    }
  }

  private static void add(int[] row, long weight, long[] sum) {
    if (weight == 0) {
      return;
    }
    for (int x = 0; x < row.length; x++) {
      sum[x] += row[x] * weight;
    }
  }

  private static void write(long[] sum, long area, byte[] result, int at) {
    for (int x = 0; x < sum.length; x++) {
      result[at + x] = (byte) ((sum[x] + area / 2) / area);
      sum[x] = 0;
    }
  }
}
