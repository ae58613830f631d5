package io.framewarden.extraction.face;

import java.util.List;

/**
 * A rotation, a scale and a shift of the plane: {@code x' = a x - b y + dx}, {@code y' = b x + a y
 * + dy}. Only the four basic operations on doubles, so every machine computes the same bits.
 */
public record SimilarityTransform(double a, double b, double dx, double dy) {

  /**
   * The similarity without reflection that brings {@code from} nearest to {@code to} in the sense
   * of least squares (Umeyama 1991, which has a closed form in the plane): over centred points
   * {@code p} and {@code q}, {@code a = sum(p . q) / sum(p . p)} and {@code b = sum(p x q) / sum(p
   * . p)}.
   *
   * @throws IllegalArgumentException if all points of either list fall together
   */
  public static SimilarityTransform fit(List<FacePoint> from, List<FacePoint> to) {
    int count = from.size();
    double fromX = 0;
    double fromY = 0;
    double toX = 0;
    double toY = 0;
    for (int i = 0; i < count; i++) {
      fromX += from.get(i).x() / (double) count;
      fromY += from.get(i).y() / (double) count;
      toX += to.get(i).x() / (double) count;
      toY += to.get(i).y() / (double) count;
    }
    double dot = 0;
    double cross = 0;
    double norm = 0;
    for (int i = 0; i < count; i++) {
      double px = from.get(i).x() - fromX;
      double py = from.get(i).y() - fromY;
      double qx = to.get(i).x() - toX;
      double qy = to.get(i).y() - toY;
      dot += px * qx + py * qy;
      cross += px * qy - py * qx;
      norm += px * px + py * py;
    }
    double a = dot / norm;
    double b = cross / norm;
    if (!(a * a + b * b > 0) || !Double.isFinite(a * a + b * b)) {
      throw new IllegalArgumentException("no similarity brings " + from + " to " + to);
    }
    return new SimilarityTransform(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY);
  }

  /**
   * From the pixels of a view to the part of a frame that it shows.
   *
   * @param centre of that part
   * @param scale pixels of the frame to one of the view
   * @param rotation of that part, degrees clockwise
   * @param width of the view, in its own pixels
   * @param height of the view, in its own pixels
   */
  public static SimilarityTransform ofView(
      FacePoint centre, double scale, double rotation, int width, int height) {
    // StrictMath: the same bits on every machine.
    double a = scale * StrictMath.cos(Math.toRadians(rotation));
    double b = scale * StrictMath.sin(Math.toRadians(rotation));
    double x = width / 2.0;
    double y = height / 2.0;
    return new SimilarityTransform(
        a, b, centre.x() - (a * x - b * y), centre.y() - (b * x + a * y));
  }

  /**
   * From the pixels of a view to the upright square {@code [left, left + side] x [top, top + side]}
   * that it shows.
   *
   * @param size side of the view, in its own pixels
   */
  public static SimilarityTransform ofSquare(double left, double top, double side, int size) {
    return new SimilarityTransform(side / size, 0, left, top);
  }

  /** The factor by which lengths grow. */
  public double scale() {
    return Math.sqrt(a * a + b * b);
  }

  /** The transform that undoes this one. */
  public SimilarityTransform inverse() {
    double square = a * a + b * b;
    double cosine = a / square;
    double sine = -b / square;
    return new SimilarityTransform(
        cosine, sine, -(cosine * dx - sine * dy), -(sine * dx + cosine * dy));
  }

  /** This transform, followed by a scaling of its result. */
  SimilarityTransform scaled(double factor) {
    return new SimilarityTransform(a * factor, b * factor, dx * factor, dy * factor);
  }

  /** First the other transform, then this one. */
  public SimilarityTransform after(SimilarityTransform first) {
    return new SimilarityTransform(
        a * first.a - b * first.b,
        b * first.a + a * first.b,
        x(first.dx, first.dy),
        y(first.dx, first.dy));
  }

  /** A transformed point. */
  public FacePoint apply(FacePoint point) {
    return new FacePoint((float) x(point.x(), point.y()), (float) y(point.x(), point.y()));
  }

  /** The x coordinate of a transformed point. */
  public double x(double x, double y) {
    return a * x - b * y + dx;
  }

  /** The y coordinate of a transformed point. */
  public double y(double x, double y) {
    return b * x + a * y + dy;
  }
}
