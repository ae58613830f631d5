package io.framewarden.extraction.face;

import java.util.ArrayList;
import java.util.List;

/**
 * The landmarks of one face, in the order of the iBUG 300-W annotation (Sagonas et al. 2013): jaw 0
 * to 16, brows 17 to 26, nose 27 to 35, eyes 36 to 47, outer lips 48 to 59, inner lips 60 to 67.
 * Left and right are as seen with the face upright.
 *
 * @param points {@value #POINTS} points in source pixels; (0.5, 0.5) is the centre of the first
 * @param score log-odds that there is a face where the points were looked for, as the network says;
 *     comparable only within one network
 */
public record DenseLandmarks(List<FacePoint> points, float score) {
  /** How many points there are. */
  public static final int POINTS = 68;

  /** The middle of the chin. */
  public static final int CHIN = 8;

  /** The last point of the jaw; the first is 0. */
  public static final int JAW_END = 16;

  /** Where the bridge of the nose begins, between the eyes. */
  public static final int BRIDGE = 27;

  /** The tip of the nose. */
  public static final int NOSE_TIP = 30;

  private static final int LEFT_EYE = 36;
  private static final int RIGHT_EYE = 42;
  private static final int RIGHT_EYE_CORNER = 45;
  private static final int MOUTH_LEFT = 48;
  private static final int MOUTH_RIGHT = 54;

  /** A face is about this much wider than its bridge is above its chin. */
  private static final double WIDTH_TO_HEIGHT = 1.25;

  public DenseLandmarks {
    points = List.copyOf(points);
    if (points.size() != POINTS) {
      throw new IllegalArgumentException(
          "a face has " + POINTS + " dense landmarks, not " + points.size());
    }
  }

  /**
   * Landmarks that somebody says are a face's: their score is infinite.
   *
   * @throws IllegalArgumentException unless there are {@value #POINTS} finite points with some
   *     extent
   */
  public static DenseLandmarks known(List<FacePoint> points) {
    DenseLandmarks known = new DenseLandmarks(points, Float.POSITIVE_INFINITY);
    boolean finite =
        points.stream().allMatch(point -> Float.isFinite(point.x()) && Float.isFinite(point.y()));
    if (!finite || !(known.faceWidth() >= 1) || !(known.eyeDistance() > 0)) {
      throw new IllegalArgumentException("these landmarks have no extent");
    }
    return known;
  }

  /** One of the points. */
  public FacePoint point(int index) {
    return points.get(index);
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

  /**
   * The landmarks that {@link DetectedFace} has: the middle of each eye, the tip of the nose, the
   * corners of the mouth.
   */
  public List<FacePoint> five() {
    return List.of(leftEye(), rightEye(), point(NOSE_TIP), point(MOUTH_LEFT), point(MOUTH_RIGHT));
  }

  /** The middle of the eye on the left of the image. */
  public FacePoint leftEye() {
    return centre(LEFT_EYE, RIGHT_EYE - 1);
  }

  /** The middle of the eye on the right of the image. */
  public FacePoint rightEye() {
    return centre(RIGHT_EYE, MOUTH_LEFT - 1);
  }

  /** From the middle of one eye to that of the other, pixels. */
  public double eyeDistance() {
    return distance(leftEye(), rightEye());
  }

  /** Distance between the outer corners of the eyes, by which errors of landmarks are measured. */
  public double eyeCornerDistance() {
    return distance(point(LEFT_EYE), point(RIGHT_EYE_CORNER));
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

  /** These landmarks, each moved by a transform. */
  public DenseLandmarks moved(SimilarityTransform transform) {
    List<FacePoint> moved = new ArrayList<>(POINTS);
    for (FacePoint point : points) {
      moved.add(transform.apply(point));
    }
    return new DenseLandmarks(moved, score);
  }

  private static double distance(FacePoint one, FacePoint other) {
    return Math.hypot((double) one.x() - other.x(), (double) one.y() - other.y());
  }
}
