package io.framewarden.extraction.face.align;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.SimilarityTransform;
import java.util.List;

/**
 * The square that a landmark network sees of a face: upright, around all landmarks from brow to
 * chin and from ear to ear, with a margin. Each method gives the transform from the pixels of the
 * square to those of the frame. The same bits on every machine. Stateless.
 */
public final class LandmarkCrop {
  /** Names the squares in the extraction recipe; changes whenever one would. */
  public static final String METHOD = "landmark-crop-1";

  /** Side of the square, over the longer side of what the landmarks span. */
  private static final double MARGIN = 1.4;

  /** Eyes, nose and mouth corners of an upright face, in any unit. */
  private static final List<FacePoint> UPRIGHT = AlignmentTemplate.defaults().points();

  private LandmarkCrop() {}

  /**
   * Around landmarks that are known, upright as they are.
   *
   * @param size side of the square in its own pixels
   * @throws IllegalArgumentException if the landmarks have no extent
   */
  public static SimilarityTransform of(DenseLandmarks landmarks, int size) {
    SimilarityTransform upright = SimilarityTransform.fit(landmarks.five(), UPRIGHT);
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (FacePoint point : landmarks.points()) {
      double x = upright.x(point.x(), point.y());
      double y = upright.y(point.x(), point.y());
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    double side = MARGIN * Math.max(right - left, bottom - top);
    SimilarityTransform square =
        new SimilarityTransform(
            side / size, 0, (left + right - side) / 2, (top + bottom - side) / 2);
    return upright.inverse().after(square);
  }
}
