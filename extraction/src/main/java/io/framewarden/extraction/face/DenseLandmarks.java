package io.framewarden.extraction.face;

import java.util.ArrayList;
import java.util.List;

/**
 * The landmarks of one face, in the order of the iBUG 300-W annotation (Sagonas et al. 2013): jaw 0
 * to 16, brows 17 to 26, nose 27 to 35, eyes 36 to 47, outer lips 48 to 59, inner lips 60 to 67.
 * Left and right are as seen with the face upright.
 *
 * @param points {@value #POINTS} points in source pixels
 * @param score log-odds that there is a face where the points were looked for, as the network says;
 *     comparable only within one network
 */
public record DenseLandmarks(List<FacePoint> points, float score) {
  /** How many points there are. */
  public static final int POINTS = 68;

  private static final int LEFT_EYE = 36;
  private static final int RIGHT_EYE = 42;
  private static final int MOUTH = 48;
  private static final int NOSE_TIP = 30;
  private static final int MOUTH_LEFT = 48;
  private static final int MOUTH_RIGHT = 54;

  public DenseLandmarks {
    points = List.copyOf(points);
    if (points.size() != POINTS) {
      throw new IllegalArgumentException(
          "a face has " + POINTS + " dense landmarks, not " + points.size());
    }
  }

  /**
   * The landmarks that {@link DetectedFace} has: the middle of each eye, the tip of the nose, the
   * corners of the mouth.
   */
  public List<FacePoint> five() {
    return List.of(
        mean(LEFT_EYE, RIGHT_EYE),
        mean(RIGHT_EYE, MOUTH),
        points.get(NOSE_TIP),
        points.get(MOUTH_LEFT),
        points.get(MOUTH_RIGHT));
  }

  /** Distance between the outer corners of the eyes, by which errors of landmarks are measured. */
  public double eyeCornerDistance() {
    FacePoint left = points.get(LEFT_EYE);
    FacePoint right = points.get(45);
    return Math.hypot((double) right.x() - left.x(), (double) right.y() - left.y());
  }

  /** These landmarks, each moved by a transform. */
  public DenseLandmarks moved(SimilarityTransform transform) {
    List<FacePoint> moved = new ArrayList<>(POINTS);
    for (FacePoint point : points) {
      moved.add(transform.apply(point));
    }
    return new DenseLandmarks(moved, score);
  }

  /** Which landmark of the mirrored face a landmark is. */
  public static int mirrored(int index) {
    if (index < 17) {
      return 16 - index;
    }
    if (index < 27) {
      return 43 - index;
    }
    if (index < 31) {
      return index;
    }
    if (index < 36) {
      return 66 - index;
    }
    if (index < 48) {
      return mirroredEye(index);
    }
    int inner = 60;
    if (index < inner) {
      return index <= 54 ? 102 - index : 114 - index;
    }
    return index <= 64 ? 124 - index : 132 - index;
  }

  /** Each eye goes round clockwise from its left corner. */
  private static int mirroredEye(int index) {
    boolean upper = index % 6 < 4;
    return upper ? 81 - index : 87 - index;
  }

  private FacePoint mean(int from, int to) {
    double x = 0;
    double y = 0;
    for (FacePoint point : points.subList(from, to)) {
      x += point.x();
      y += point.y();
    }
    return new FacePoint((float) (x / (to - from)), (float) (y / (to - from)));
  }
}
