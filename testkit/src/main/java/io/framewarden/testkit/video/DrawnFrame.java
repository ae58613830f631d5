package io.framewarden.testkit.video;

import java.util.Random;
import java.util.SplittableRandom;

/** A gray canvas for ellipses, blur and noise. One thread. */
public final class DrawnFrame {
  private static final int NOISE_BITS = 16;
  private static final int VALUES_PER_LONG = Long.SIZE / NOISE_BITS;

  /** Gaussian values to choose from: drawing them anew took longer than all else in a frame. */
  private static final float[] NOISE = noiseValues();

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
    double inner = square(Math.max(0, 1 - 0.5 / edge));
    double outer = square(1 + 0.5 / edge);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = ((x - cx) * cosine + (y - cy) * sine) / rx;
        double aside = ((y - cy) * cosine - (x - cx) * sine) / ry;
        double radius = along * along + aside * aside;
        int at = y * width + x;
        if (radius <= inner) {
          levels[at] = (float) level;
        } else if (radius < outer) {
          double cover = Math.min(1, (1 - Math.sqrt(radius)) * edge + 0.5);
          levels[at] += (float) (cover * (level - levels[at]));
        }
      }
    }
  }

  private static double square(double value) {
    return value * value;
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
    SplittableRandom random = new SplittableRandom(seed);
    long bits = 0;
    for (int i = 0; i < levels.length; i++) {
      bits = i % VALUES_PER_LONG == 0 ? random.nextLong() : bits >>> NOISE_BITS;
      levels[i] += (float) sigma * NOISE[(int) bits & (NOISE.length - 1)];
    }
  }

  private static float[] noiseValues() {
    Random random = new Random(1);
    float[] values = new float[1 << NOISE_BITS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
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
