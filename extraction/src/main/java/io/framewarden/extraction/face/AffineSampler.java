package io.framewarden.extraction.face;

import java.util.ArrayList;
import java.util.Arrays;
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
    int count = (int) Math.max(1, Math.min(MAX_SAMPLES, Math.ceil(toSource.scale() - 1e-9)));
    return sample(halved(level), toSource, size, count);
  }

  /**
   * The mean of {@code count * count} samples for each pixel. A line of samples is a line in the
   * source: where both of its ends are inside, all of it is.
   */
  private static byte[] sample(
      GrayImage source, SimilarityTransform toSource, int size, int count) {
    double[] along = new double[size * count];
    for (int k = 0; k < along.length; k++) {
      along[k] = k / count + (k % count + 0.5) / count;
    }
    byte[] result = new byte[size * size];
    double[] sums = new double[size];
    for (int y = 0; y < size; y++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < count; i++) {
        double v = along[y * count + i];
        if (isInside(source, toSource, along[0], v)
            && isInside(source, toSource, along[along.length - 1], v)) {
          addInside(source, toSource, along, v, sums);
        } else {
          addAnywhere(source, toSource, along, v, sums);
        }
      }
      for (int x = 0; x < size; x++) {
        result[y * size + x] = (byte) (int) (sums[x] / (count * count) + 0.5);
      }
    }
    return result;
  }

  private static boolean isInside(
      GrayImage source, SimilarityTransform toSource, double u, double v) {
    double x = toSource.x(u, v) - 0.5;
    double y = toSource.y(u, v) - 0.5;
    return x >= 0 && x < source.width() - 1 && y >= 0 && y < source.height() - 1;
  }

  /** A line's samples that all have four pixels around them. */
  private static void addInside(
      GrayImage source, SimilarityTransform toSource, double[] along, double v, double[] sums) {
    byte[] pixels = source.pixels();
    int width = source.width();
    int count = along.length / sums.length;
    for (int x = 0, k = 0; x < sums.length; x++) {
      double sum = sums[x];
      for (int j = 0; j < count; j++, k++) {
        double sourceX = toSource.x(along[k], v) - 0.5;
        double sourceY = toSource.y(along[k], v) - 0.5;
        int left = (int) sourceX;
        int top = (int) sourceY;
        int at = top * width + left;
        double across = sourceX - left;
        double upper = between(pixels[at], pixels[at + 1], across);
        double lower = between(pixels[at + width], pixels[at + width + 1], across);
        sum += upper + (lower - upper) * (sourceY - top);
      }
      sums[x] = sum;
    }
  }

  private static void addAnywhere(
      GrayImage source, SimilarityTransform toSource, double[] along, double v, double[] sums) {
    int count = along.length / sums.length;
    for (int k = 0; k < along.length; k++) {
      sums[k / count] +=
          bilinear(source, toSource.x(along[k], v) - 0.5, toSource.y(along[k], v) - 0.5);
    }
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
