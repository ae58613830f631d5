package io.framewarden.trainer.forgery;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of an aligned face are, in pixels of the 224x224 image.
 *
 * @param leftEye the eye on the left of the image
 */
public record FaceGeometry(
    Spot leftEye, Spot rightEye, Spot nose, Spot mouthLeft, Spot mouthRight) {

  /** Side of an aligned face in pixels. */
  public static final int SIZE = 224;

  /** The places that alignment moves every face to. */
  public static final FaceGeometry TEMPLATE =
      new FaceGeometry(
          new Spot(81, 93),
          new Spot(143, 93),
          new Spot(112, 127),
          new Spot(84.5, 160.5),
          new Spot(139.5, 160.5));

  /** A point; x to the right, y down. */
  public record Spot(double x, double y) {}

  /**
   * The geometry of an aligned face whose landmarks are known in its source image: the landmarks,
   * carried over by the least-squares similarity transform onto {@link #TEMPLATE}, which is how the
   * face was aligned.
   *
   * @param landmarks five points in the order of the record's components, in any pixel units, or
   *     another number of points: then the template itself is the best knowledge
   */
  public static FaceGeometry fromLandmarks(List<Spot> landmarks) {
    if (landmarks.size() != 5) {
      return TEMPLATE;
    }
    List<Spot> target = TEMPLATE.spots();
    Spot from = center(landmarks);
    Spot to = center(target);
    double dot = 0;
    double cross = 0;
    double norm = 0;
    for (int i = 0; i < 5; i++) {
      double x = landmarks.get(i).x() - from.x();
      double y = landmarks.get(i).y() - from.y();
      double u = target.get(i).x() - to.x();
      double v = target.get(i).y() - to.y();
      dot += x * u + y * v;
      cross += x * v - y * u;
      norm += x * x + y * y;
    }
    if (norm < 1e-6) {
      return TEMPLATE;
    }
    List<Spot> moved = new ArrayList<>();
    for (Spot landmark : landmarks) {
      double x = landmark.x() - from.x();
      double y = landmark.y() - from.y();
      moved.add(
          new Spot(to.x() + (dot * x - cross * y) / norm, to.y() + (cross * x + dot * y) / norm));
    }
    return of(moved);
  }

  /** The five points in order. */
  public List<Spot> spots() {
    return List.of(leftEye, rightEye, nose, mouthLeft, mouthRight);
  }

  /** The middle of the mouth. */
  public Spot mouth() {
    return new Spot((mouthLeft.x() + mouthRight.x()) / 2, (mouthLeft.y() + mouthRight.y()) / 2);
  }

  /** Distance between the eyes in pixels, at least 1. */
  public double eyeDistance() {
    return Math.max(1, Math.hypot(rightEye.x() - leftEye.x(), rightEye.y() - leftEye.y()));
  }

  /**
   * The outline of the inner face, clockwise from the left brow: brows, temples, cheeks and chin at
   * the proportions of an average face around the five points. Convex.
   */
  public List<Spot> outline() {
    Spot eyes = new Spot((leftEye.x() + rightEye.x()) / 2, (leftEye.y() + rightEye.y()) / 2);
    Spot mouth = mouth();
    double across = eyeDistance();
    double right = (rightEye.x() - leftEye.x()) / across;
    double slope = (rightEye.y() - leftEye.y()) / across;
    double down = Math.max(across * 0.5, Math.hypot(mouth.x() - eyes.x(), mouth.y() - eyes.y()));
    // Steps along the eye line (in eye distances) and down the face (in eye-to-mouth distances).
    double[][] steps = {
      {-0.60, -0.38}, {-0.25, -0.50}, {0.25, -0.50}, {0.60, -0.38}, {0.80, 0.05}, {0.74, 0.65},
      {0.52, 1.18}, {0.22, 1.46}, {-0.22, 1.46}, {-0.52, 1.18}, {-0.74, 0.65}, {-0.80, 0.05},
    };
    List<Spot> outline = new ArrayList<>();
    for (double[] step : steps) {
      double x = step[0] * across;
      double y = step[1] * down;
      outline.add(new Spot(eyes.x() + right * x - slope * y, eyes.y() + slope * x + right * y));
    }
    return outline;
  }

  private static FaceGeometry of(List<Spot> spots) {
    return new FaceGeometry(spots.get(0), spots.get(1), spots.get(2), spots.get(3), spots.get(4));
  }

  private static Spot center(List<Spot> spots) {
    double x = 0;
    double y = 0;
    for (Spot spot : spots) {
      x += spot.x() / spots.size();
      y += spot.y() / spots.size();
    }
    return new Spot(x, y);
  }
}
