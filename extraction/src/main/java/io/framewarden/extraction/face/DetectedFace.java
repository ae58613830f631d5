package io.framewarden.extraction.face;

import java.util.Comparator;
import java.util.List;

/**
 * One face in one frame.
 *
 * @param box where the face is
 * @param landmarks empty, or exactly five: left eye, right eye, nose, left and right mouth corner,
 *     left and right as seen in the frame
 * @param confidence the detector's confidence, 0 to 1; comparable only within one detector
 */
public record DetectedFace(FaceBox box, List<FacePoint> landmarks, float confidence) {
  /** How many landmarks a face has that has any. */
  public static final int LANDMARKS = 5;

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
  }
}
