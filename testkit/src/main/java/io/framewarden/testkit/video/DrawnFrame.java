package io.framewarden.testkit.video;

import java.util.Random;

/** A gray canvas for ellipses, blur and noise. One thread. */
public final class DrawnFrame {
  private final int width;
  private final int height;
  private float[] levels;

  /** A dim room: a slow gradient, so that the background is not flat. */
  public DrawnFrame(int width, int height) {
    this.width = width;
    this.height = height;
    this.levels = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        levels[y * width + x] = 95 + 30f * x / width - 25f * y / height;
      }
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Paints an ellipse of one gray level with an edge one pixel soft. */
  public void ellipse(double cx, double cy, double rx, double ry, double level) {
    ellipse(cx, cy, rx, ry, level, 0);
  }

  /**
   * Paints an ellipse whose axes are rotated.
   *
   * @param tilt degrees clockwise
   */
  public void ellipse(double cx, double cy, double rx, double ry, double level, double tilt) {
    double cosine = Math.cos(Math.toRadians(tilt));
    double sine = Math.sin(Math.toRadians(tilt));
    double across = Math.abs(rx * cosine) + Math.abs(ry * sine);
    double down = Math.abs(rx * sine) + Math.abs(ry * cosine);
    int top = (int) Math.max(0, Math.floor(cy - down - 1));
    int bottom = (int) Math.min(height - 1, Math.ceil(cy + down + 1));
    int left = (int) Math.max(0, Math.floor(cx - across - 1));
    int right = (int) Math.min(width - 1, Math.ceil(cx + across + 1));
    double edge = Math.min(rx, ry);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = (x - cx) * cosine + (y - cy) * sine;
        double aside = (y - cy) * cosine - (x - cx) * sine;
        double distance = (1 - Math.hypot(along / rx, aside / ry)) * edge;
        double cover = Math.max(0, Math.min(1, distance + 0.5));
        int at = y * width + x;
        levels[at] += (float) (cover * (level - levels[at]));
      }
    }
  }

  /** Box blur of the given radius, twice, which is nearly Gaussian. */
  public void blur(int radius) {
    for (int pass = 0; pass < 2; pass++) {
      levels = blurLines(levels, radius, true);
      levels = blurLines(levels, radius, false);
    }
  }

  /** Adds seeded Gaussian noise. */
  public void noise(double sigma, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < levels.length; i++) {
      levels[i] += (float) (sigma * random.nextGaussian());
    }
  }

  /** gray8, row-major, full range. */
  public byte[] pixels() {
    byte[] pixels = new byte[levels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(levels[i])));
    }
    return pixels;
  }

  private float[] blurLines(float[] from, int radius, boolean alongRows) {
    int length = alongRows ? width : height;
    int lines = alongRows ? height : width;
    int step = alongRows ? 1 : width;
    int lineStep = alongRows ? width : 1;
    float[] to = new float[from.length];
    for (int line = 0; line < lines; line++) {
      int start = line * lineStep;
      float sum = 0;
      for (int i = -radius; i <= radius; i++) {
        sum += from[start + clamp(i, length) * step];
      }
      for (int i = 0; i < length; i++) {
        to[start + i * step] = sum / (2 * radius + 1);
        sum += from[start + clamp(i + radius + 1, length) * step];
        sum -= from[start + clamp(i - radius, length) * step];
      }
    }
    return to;
  }

  private static int clamp(int i, int length) {
    return Math.max(0, Math.min(length - 1, i));
  }
}
