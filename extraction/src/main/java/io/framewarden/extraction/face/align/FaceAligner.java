package io.framewarden.extraction.face.align;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;

/**
 * Aligns a face to the template's square. With landmarks it is rotated, scaled and shifted so that
 * they fit the template best; without, the square around the box is cropped, whose size and
 * position the template chooses so that eyes lie near its own on average, and which is rotated as
 * the face is.
 *
 * <p>The same frame and face give the same bytes on every machine; {@link AffineSampler} says how
 * pixels between and outside those of the frame are computed. Stateless: safe for several threads.
 */
public final class FaceAligner {
  /** Names the sampling in the extraction recipe; changes whenever its bytes would. */
  public static final String INTERPOLATION = "bilinear-supersampled-1";

  private final AlignmentTemplate template;

  public FaceAligner(AlignmentTemplate template) {
    this.template = template;
  }

  /**
   * Aligns one face.
   *
   * @return gray8, full range, row-major, {@code size * size} bytes of the template's size
   * @throws IllegalArgumentException if the landmarks or the box have no extent
   */
  public byte[] align(GrayImage frame, DetectedFace face) {
    return new AffineSampler(frame).sample(toSource(face), template.size());
  }

  /**
   * The transform that {@link #align} samples by: from the aligned square to the frame.
   *
   * @throws IllegalArgumentException if the landmarks or the box have no extent
   */
  public SimilarityTransform toSource(DetectedFace face) {
    if (face.landmarks().isEmpty() || template.points().isEmpty()) {
      return crop(face.box(), face.rotation());
    }
    return SimilarityTransform.fit(face.landmarks(), template.points()).inverse();
  }

  private SimilarityTransform crop(FaceBox box, float rotation) {
    double longer = Math.max(box.width(), box.height());
    if (!(longer > 0)) {
      throw new IllegalArgumentException(box + " has no extent, so no face can be cropped from it");
    }
    double side = longer * template.boxExpansion();
    if (rotation != 0) {
      double down = longer * template.boxShift();
      double radians = Math.toRadians(rotation);
      FacePoint centre =
          new FacePoint(
              (float) (box.centre().x() - down * StrictMath.sin(radians)),
              (float) (box.centre().y() + down * StrictMath.cos(radians)));
      int size = template.size();
      return SimilarityTransform.ofView(centre, side / size, rotation, size, size);
    }
    double left = box.x() + box.width() / 2.0 - side / 2;
    double top = box.y() + box.height() / 2.0 + longer * template.boxShift() - side / 2;
    return SimilarityTransform.ofSquare(left, top, side, template.size());
  }
}
