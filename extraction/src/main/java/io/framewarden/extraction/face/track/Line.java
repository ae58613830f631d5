package io.framewarden.extraction.face.track;

/**
 * The line from one vector to another, both of up to 1024 components between -4096 and 4096. Whole
 * numbers only. Immutable.
 */
final class Line {
  private static final int MILLE = 1000;

  private final int[] start;
  private final int[] direction;

  /** Squared. */
  private final long length;

  private Line(int[] start, int[] direction) {
    this.start = start;
    this.direction = direction;
    this.length = product(direction, direction);
  }

  static Line between(int[] start, int[] end) {
    return new Line(start, difference(end, start));
  }

  /** How far along the line the nearest point to a vector lies: per mille, 0 at the start. */
  long progress(int[] at) {
    return length == 0 ? 0 : product(difference(at, start), direction) * MILLE / length;
  }

  /** The squared distance of a vector from the line, per mille of the line's squared length. */
  long distance(int[] at) {
    if (length == 0) {
      return Long.MAX_VALUE;
    }
    int[] step = difference(at, start);
    double along = product(step, direction);
    // Each product is below 2^37, and a quotient of doubles is the same on every machine.
    double distance = product(step, step) - along * along / length;
    return (long) (distance * MILLE / length);
  }

  /** The inner product. */
  static long product(int[] one, int[] other) {
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (long) one[i] * other[i];
    }
    return sum;
  }

  private static int[] difference(int[] one, int[] other) {
    int[] result = new int[one.length];
    for (int i = 0; i < one.length; i++) {
      result[i] = one[i] - other[i];
    }
    return result;
  }
}
