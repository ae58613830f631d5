package io.framewarden.trainer.photograph;

import io.framewarden.extraction.face.FacePoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The 68 points of the iBUG scheme on one face: 0..16 the jaw from ear to ear, 17..21 and 22..26
 * the brows, 27..30 the bridge of the nose down to its tip, 31..35 below it, 36..41 and 42..47 the
 * eyes, 48..59 the outer and 60..67 the inner lips; left and right as seen in the image. In pixels
 * of the image, (0.5, 0.5) is the centre of the first. Immutable.
 */
public final class DenseLandmarks {
  /** How many points there are. */
  public static final int COUNT = 68;

  /** The middle of the chin. */
  public static final int CHIN = 8;

  /** The last point of the jaw; the first is 0. */
  public static final int JAW_END = 16;

  /** Where the bridge of the nose begins, between the eyes. */
  public static final int BRIDGE = 27;

  /** The tip of the nose. */
  public static final int NOSE_TIP = 30;

  /** A face is about this much wider than its bridge is above its chin. */
  private static final double WIDTH_TO_HEIGHT = 1.25;

  private final List<FacePoint> points;

  /**
   * @throws IllegalArgumentException unless there are {@value #COUNT} finite points with some
   *     extent
   */
  public DenseLandmarks(List<FacePoint> points) {
    this.points = List.copyOf(points);
    if (points.size() != COUNT) {
      throw new IllegalArgumentException(
          "dense landmarks are " + COUNT + " points, not " + points.size());
    }
    if (!(faceWidth() >= 1) || !Double.isFinite(faceWidth()) || !(eyeDistance() > 0)) {
      throw new IllegalArgumentException("these landmarks have no extent");
    }
  }

  /** One of the points. */
  public FacePoint point(int index) {
    return points.get(index);
  }

  /** All points, in order. */
  public List<FacePoint> points() {
    return points;
  }

  /** The points from one to another, both included. */
  public List<FacePoint> points(int first, int last) {
    return points.subList(first, last + 1);
  }

  /** The mean of the points from one to another, both included. */
  public FacePoint centre(int first, int last) {
    double x = 0;
    double y = 0;
    for (FacePoint point : points(first, last)) {
      x += point.x();
      y += point.y();
    }
    return new FacePoint((float) (x / (last - first + 1)), (float) (y / (last - first + 1)));
  }

  /** Left eye, right eye, nose, left and right corner of the mouth: those that alignment takes. */
  public List<FacePoint> five() {
    return List.of(leftEye(), rightEye(), point(NOSE_TIP), point(48), point(54));
  }

  /** The middle of the eye on the left of the image. */
  public FacePoint leftEye() {
    return centre(36, 41);
  }

  /** The middle of the eye on the right of the image. */
  public FacePoint rightEye() {
    return centre(42, 47);
  }

  /** From the middle of one eye to that of the other, pixels. */
  public double eyeDistance() {
    return distance(leftEye(), rightEye());
  }

  /**
   * From ear to ear in pixels, at least 1.25 times the height from the bridge of the nose to the
   * chin: in profile the ears come together, and the face is no smaller for that.
   */
  public double faceWidth() {
    return Math.max(
        distance(point(0), point(JAW_END)), WIDTH_TO_HEIGHT * distance(point(BRIDGE), point(CHIN)));
  }

  /**
   * Where the tip of the nose lies along the line of the eyes, from their middle, in eye distances:
   * 0 seen from the front, about +-0.5 in half profile; positive when turned to the image's right.
   */
  public double yaw() {
    FacePoint left = leftEye();
    FacePoint right = rightEye();
    FacePoint nose = point(NOSE_TIP);
    double x = right.x() - left.x();
    double y = right.y() - left.y();
    double fromMiddleX = nose.x() - (left.x() + right.x()) / 2;
    double fromMiddleY = nose.y() - (left.y() + right.y()) / 2;
    return (fromMiddleX * x + fromMiddleY * y) / (x * x + y * y);
  }

  /**
   * The points without position, size and rotation in the plane: around their mean, eyes level, in
   * root mean squared distances from the mean. For comparing shape and pose of two faces.
   *
   * @return x0, y0, x1, ...
   */
  public float[] shape() {
    FacePoint middle = centre(0, COUNT - 1);
    FacePoint left = leftEye();
    FacePoint right = rightEye();
    double cosine = (right.x() - left.x()) / eyeDistance();
    double sine = (right.y() - left.y()) / eyeDistance();
    float[] shape = new float[2 * COUNT];
    double squares = 0;
    for (int i = 0; i < COUNT; i++) {
      double x = point(i).x() - middle.x();
      double y = point(i).y() - middle.y();
      shape[2 * i] = (float) (cosine * x + sine * y);
      shape[2 * i + 1] = (float) (cosine * y - sine * x);
      squares += x * x + y * y;
    }
    double unit = Math.sqrt(squares / COUNT);
    for (int i = 0; i < shape.length; i++) {
      shape[i] /= (float) unit;
    }
    return shape;
  }

  /** The same points of the image cut at (x, y) and then scaled. */
  DenseLandmarks cut(double x, double y, double scale) {
    List<FacePoint> moved = new ArrayList<>();
    for (FacePoint point : points) {
      moved.add(
          new FacePoint((float) ((point.x() - x) * scale), (float) ((point.y() - y) * scale)));
    }
    return new DenseLandmarks(moved);
  }

  private static double distance(FacePoint a, FacePoint b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }
}
