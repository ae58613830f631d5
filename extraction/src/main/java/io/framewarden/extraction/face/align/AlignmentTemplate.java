package io.framewarden.extraction.face.align;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FacePoint;
import java.util.List;

/**
 * Where an aligned face lies in its square frame.
 *
 * @param size side of the aligned frame, pixels
 * @param points where the five landmarks of {@link DetectedFace} should lie, in pixels of the
 *     aligned frame
 * @param boxExpansion for faces without landmarks: side of the cropped square, over the longer side
 *     of the box
 * @param boxShift for faces without landmarks: how far the square's centre lies below the box's, in
 *     longer sides of the box; negative is above
 */
public record AlignmentTemplate(
    int size, List<FacePoint> points, double boxExpansion, double boxShift) {
  public AlignmentTemplate {
    points = List.copyOf(points);
    if (size < 1
        || points.size() != DetectedFace.LANDMARKS
        || !(boxExpansion > 0)
        || !(Math.abs(boxShift) <= 1)) {
      throw new IllegalArgumentException(
          "a template cannot have size "
              + size
              + ", "
              + points.size()
              + " points, boxExpansion "
              + boxExpansion
              + ", boxShift "
              + boxShift);
    }
  }

  /**
   * 224x224 pixels; eyes, nose and mouth corners where the forgery detector expects them. The
   * expansion and shift are those of the cascade's boxes, fitted so that the landmarks that YuNet
   * finds in the same photographs lie at these points on average.
   */
  public static AlignmentTemplate defaults() {
    return new AlignmentTemplate(
        224,
        List.of(
            new FacePoint(71, 66),
            new FacePoint(151, 66),
            new FacePoint(112, 113),
            new FacePoint(77, 151),
            new FacePoint(147, 150)),
        1.05,
        0.095);
  }
}
