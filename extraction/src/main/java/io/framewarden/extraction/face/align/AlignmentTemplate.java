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
   * 224x224 pixels, eyes 62 apart: the mean face of the landmark network's labels, from the
   * hairline to below the chin with a tenth of the side above and below it. Seams of swapped faces
   * lie along forehead and jaw, which a tighter square cuts off. The expansion and shift put the
   * cascade's boxes there on average.
   */
  public static AlignmentTemplate defaults() {
    return new AlignmentTemplate(
        224,
        List.of(
            new FacePoint(81, 93),
            new FacePoint(143, 93),
            new FacePoint(112, 127),
            new FacePoint(84.5f, 160.5f),
            new FacePoint(139.5f, 160.5f)),
        1.38,
        0.01);
  }
}
