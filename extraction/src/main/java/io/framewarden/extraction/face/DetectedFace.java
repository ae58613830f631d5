package io.framewarden.extraction.face;

import java.util.Comparator;
import java.util.List;

/**
 * One face in one frame.
 *
 * @param box where the face is; of a rotated face its own width and height, around its centre, with
 *     sides along the frame's
 * @param landmarks empty, or exactly five: left eye, right eye, nose, left and right mouth corner,
 *     left and right as seen with the face upright
 * @param confidence the detector's confidence, 0 to 1; comparable only within one detector
 * @param rotation by how many degrees the view that the face was found in is rotated clockwise in
 *     the frame, above -180 to 180; 0 where it was found in the frame as it is
 */
public record DetectedFace(
    FaceBox box, List<FacePoint> landmarks, float confidence, float rotation) {
  /** How many landmarks a face has that has any. */
  public static final int LANDMARKS = 5;

  /** Two faces share at most this part of the smaller one. */
  private static final double MAX_OVERLAP = 0.4;

  /** The order of a detector's result: by x, then by y, then the smaller face first. */
  public static final Comparator<DetectedFace> LEFT_TO_RIGHT =
      Comparator.<DetectedFace>comparingDouble(face -> face.box().x())
          .thenComparingDouble(face -> face.box().y())
          .thenComparingDouble(face -> face.box().width());

  public DetectedFace {
    landmarks = List.copyOf(landmarks);
    if (!landmarks.isEmpty() && landmarks.size() != LANDMARKS) {
      throw new IllegalArgumentException(
          "a face has " + LANDMARKS + " landmarks or none, not " + landmarks.size());
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence is from 0 to 1, not " + confidence);
    }
    if (!(rotation > -180 && rotation <= 180)) {
      throw new IllegalArgumentException("a rotation is above -180 to 180, not " + rotation);
    }
  }

  /** A face that was found in the frame as it is. */
  public DetectedFace(FaceBox box, List<FacePoint> landmarks, float confidence) {
    this(box, landmarks, confidence, 0);
  }

  /** Whether the face covers a good part of one of the others, or lies in one. */
  public boolean overlapsAny(List<DetectedFace> others) {
    return others.stream()
        .anyMatch(
            other ->
                box.intersection(other.box) > MAX_OVERLAP * Math.min(box.area(), other.box.area()));
  }
}
