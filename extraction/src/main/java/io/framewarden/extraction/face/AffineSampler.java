package io.framewarden.extraction.face;

import java.util.ArrayList;
import java.util.List;

/**
 * Samples rotated and scaled squares from one frame. Outside the frame its edge pixels are
 * repeated. Scaling down averages: as many samples along each side of a result pixel as source
 * pixels it spans, from halved copies of the frame where those would be too many. Copies are kept,
 * so one instance serves all squares of a frame. Only basic arithmetic on doubles: the same bytes
 * on every machine. One thread.
 */
public final class AffineSampler {
  /** With more samples along a side, a halved copy is sampled instead. */
  private static final int MAX_SAMPLES = 4;

  /** The frame, then its halved copies as far as they were needed. */
  private final List<GrayImage> halvings = new ArrayList<>();

  public AffineSampler(GrayImage frame) {
    halvings.add(frame);
  }

  /**
   * The upright square {@code [left, left + side] x [top, top + side]}.
   *
   * @return gray8, row-major, {@code size * size} bytes
   */
  public byte[] square(double left, double top, double side, int size) {
    return sample(SimilarityTransform.ofSquare(left, top, side, size), size);
  }

  /**
   * The square of a transform from result to source coordinates, both with (0.5, 0.5) as the centre
   * of the first pixel.
   *
   * @return gray8, row-major, {@code size * size} bytes
   */
  public byte[] sample(SimilarityTransform toSource, int size) {
    int level = 0;
    // Without the limit at one pixel a square far larger than its frame would loop forever.
    while (toSource.scale() > MAX_SAMPLES && longerSide(level) > 1) {
      level++;
      toSource = toSource.scaled(0.5);
    }
    GrayImage source = halved(level);
    int count = (int) Math.max(1, Math.min(MAX_SAMPLES, Math.ceil(toSource.scale() - 1e-9)));
    byte[] result = new byte[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double mean = mean(source, toSource, x, y, count);
        result[y * size + x] = (byte) (int) (mean + 0.5);
      }
    }
    return result;
  }

  private int longerSide(int level) {
    return Math.max(halved(level).width(), halved(level).height());
  }

  private GrayImage halved(int level) {
    while (halvings.size() <= level) {
      halvings.add(FrameScaler.halve(halvings.get(halvings.size() - 1)));
    }
    return halvings.get(level);
  }

  private static double mean(
      GrayImage source, SimilarityTransform toSource, int x, int y, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double v = y + (i + 0.5) / count;
      for (int j = 0; j < count; j++) {
        double u = x + (j + 0.5) / count;
        sum += bilinear(source, toSource.x(u, v) - 0.5, toSource.y(u, v) - 0.5);
      }
    }
    return sum / (count * count);
  }

  /** The value between pixel centres; {@code (0, 0)} is the centre of the first pixel. */
  private static double bilinear(GrayImage source, double x, double y) {
    int width = source.width();
    double insideX = clamp(x, width - 1);
    double insideY = clamp(y, source.height() - 1);
    int left = (int) insideX;
    int top = (int) insideY;
    int toRight = left + 1 < width ? 1 : 0;
    int toLower = top + 1 < source.height() ? width : 0;
    byte[] pixels = source.pixels();
    int at = top * width + left;
    double across = insideX - left;
    double upper = between(pixels[at], pixels[at + toRight], across);
    double lower = between(pixels[at + toLower], pixels[at + toLower + toRight], across);
    return upper + (lower - upper) * (insideY - top);
  }

  private static double between(byte left, byte right, double share) {
    int from = left & 0xff;
    return from + ((right & 0xff) - from) * share;
  }

  private static double clamp(double value, double max) {
    // Plain comparisons: Math.min and max also compare signed zeros, which costs more than the
    // sampling.
    return value > 0 ? (value < max ? value : max) : 0;
  }
}
