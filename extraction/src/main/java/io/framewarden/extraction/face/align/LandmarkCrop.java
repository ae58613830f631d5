package io.framewarden.extraction.face.align;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
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

  /** Eyes, nose and mouth corners of an upright face, the eyes 80 apart. */
  private static final List<FacePoint> UPRIGHT =
      List.of(
          new FacePoint(-40, -43),
          new FacePoint(40, -43),
          new FacePoint(0, 2),
          new FacePoint(-35, 42),
          new FacePoint(35, 42));

  /** Where the square lies around a detector's five landmarks, in the unit of {@link #UPRIGHT}. */
  private static final double LANDMARKS_Y = 16;

  private static final double LANDMARKS_SIDE = 248;

  /** Where the square lies around a cascade's box, in sides of the box. */
  private static final double BOX_SHIFT = 0.16;

  private static final double BOX_EXPANSION = 1.18;

  private LandmarkCrop() {}

  /**
   * Around a face as a detector found it: where the landmarks are on average for its own five
   * landmarks or, if it has none, for its box. Measured on videos for YuNet and the cascade.
   *
   * @param size side of the square in its own pixels
   * @throws IllegalArgumentException if the landmarks or the box have no extent
   */
  public static SimilarityTransform of(DetectedFace face, int size) {
    if (!face.landmarks().isEmpty()) {
      SimilarityTransform upright = SimilarityTransform.fit(face.landmarks(), UPRIGHT);
      double half = LANDMARKS_SIDE / 2;
      return upright
          .inverse()
          .after(new SimilarityTransform(LANDMARKS_SIDE / size, 0, -half, LANDMARKS_Y - half));
    }
    FaceBox box = face.box();
    double longer = Math.max(box.width(), box.height());
    if (!(longer > 0)) {
      throw new IllegalArgumentException(box + " has no extent, so no landmarks lie in it");
    }
    double down = longer * BOX_SHIFT;
    double radians = Math.toRadians(face.rotation());
    FacePoint centre =
        new FacePoint(
            (float) (box.centre().x() - down * StrictMath.sin(radians)),
            (float) (box.centre().y() + down * StrictMath.cos(radians)));
    double scale = longer * BOX_EXPANSION / size;
    return SimilarityTransform.ofView(centre, scale, face.rotation(), size, size);
  }

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
