package io.framewarden.extraction.face.align;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.SimilarityTransform;
import java.util.List;

/**
 * Where an aligned face lies in its square frame.
 *
 * @param size side of the aligned frame, pixels
 * @param points where the five landmarks of {@link DetectedFace} should lie, in pixels of the
 *     aligned frame; empty to crop every face by its box
 * @param boxExpansion for faces that are cropped by their box: side of the cropped square, over the
 *     longer side of the box
 * @param boxShift for faces that are cropped by their box: how far the square's centre lies below
 *     the box's, in longer sides of the box; negative is above
 */
public record AlignmentTemplate(
    int size, List<FacePoint> points, double boxExpansion, double boxShift) {
  /** The crop of {@link #defaults()}. */
  private static final String FRAMEWARDEN = "framewarden";

  /** The crop of ArcFace (Deng et al. 2019), by its five points; others put a margin around it. */
  private static final String ARCFACE = "arcface";

  /** A square around the box. */
  private static final String BOX = "box";

  private static final int ARCFACE_SIDE = 112;
  private static final List<FacePoint> ARCFACE_POINTS =
      List.of(
          new FacePoint(38.2946f, 51.6963f),
          new FacePoint(73.5318f, 51.5014f),
          new FacePoint(56.0252f, 71.7366f),
          new FacePoint(41.5493f, 92.3655f),
          new FacePoint(70.7299f, 92.2041f));

  public AlignmentTemplate {
    points = List.copyOf(points);
    if (size < 1
        || (!points.isEmpty() && points.size() != DetectedFace.LANDMARKS)
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

  /**
   * A crop by its name: {@code framewarden}, {@code arcface} or {@code box}, each followed by a
   * colon and by how many times as long its side is, as in {@code arcface:1.3}. Faces without
   * landmarks are cropped so that they lie alike on average.
   *
   * @param size side of the aligned frame, pixels
   * @throws IllegalArgumentException for any other name
   */
  public static AlignmentTemplate named(String crop, int size) {
    String[] parts = crop.split(":", 2);
    double factor = 0;
    try {
      factor = parts.length == 1 ? 1 : Double.parseDouble(parts[1]);
    } catch (NumberFormatException e) {
      // Refused below, as any number out of range is.
    }
    if (!(factor >= 0.5 && factor <= 4) || !List.of(FRAMEWARDEN, ARCFACE, BOX).contains(parts[0])) {
      throw new IllegalArgumentException(
          "a crop is framewarden, arcface or box, and may be expanded, from 0.5 to 4 times, as in"
              + " arcface:1.3; not "
              + crop);
    }
    AlignmentTemplate plain =
        switch (parts[0]) {
          case ARCFACE -> defaults().fitted(ARCFACE_POINTS, ARCFACE_SIDE);
          case BOX -> new AlignmentTemplate(size, List.of(), 1, 0);
          default -> defaults();
        };
    return plain.framed(size, factor);
  }

  /** The template of other points, whose square lies in this one's as theirs do in its. */
  private AlignmentTemplate fitted(List<FacePoint> others, int side) {
    SimilarityTransform here = SimilarityTransform.fit(others, points);
    double expansion = boxExpansion * here.scale() * side / size;
    double below = here.y(side / 2.0, side / 2.0) / size - 0.5;
    return new AlignmentTemplate(side, others, expansion, boxShift + boxExpansion * below);
  }

  /** This template at another size, around so much more of the frame. */
  private AlignmentTemplate framed(int side, double factor) {
    double scale = side / (size * factor);
    double margin = side * (1 - 1 / factor) / 2;
    List<FacePoint> moved =
        points.stream()
            .map(
                point ->
                    new FacePoint(
                        (float) (point.x() * scale + margin), (float) (point.y() * scale + margin)))
            .toList();
    return new AlignmentTemplate(side, moved, rounded(boxExpansion * factor), rounded(boxShift));
  }

  /** As a recipe's text has it, from which a template may be read again. */
  private static double rounded(double value) {
    return Math.rint(value * 1e6) / 1e6;
  }
}
