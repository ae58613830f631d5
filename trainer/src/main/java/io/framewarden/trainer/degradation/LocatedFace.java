package io.framewarden.trainer.degradation;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import java.util.ArrayList;
import java.util.List;

/**
 * A face somewhere in an image: a photograph, a video frame, or the aligned square itself.
 *
 * @param points the five landmarks that alignment takes, in pixels of the image
 */
public record LocatedFace(GrayImage image, List<FacePoint> points) {
  private static final AlignmentTemplate TEMPLATE = AlignmentTemplate.defaults();

  /** From ear to ear in distances of the eyes, on average. */
  private static final double WIDTH_TO_EYES = 2.1;

  public LocatedFace {
    points = List.copyOf(points);
  }

  /** A face that is aligned already. */
  public static LocatedFace aligned(byte[] pixels) {
    int side = TEMPLATE.size();
    return new LocatedFace(new GrayImage(side, side, pixels), TEMPLATE.points());
  }

  /** From the template's square to this image. */
  SimilarityTransform fromTemplate() {
    return SimilarityTransform.fit(points, TEMPLATE.points()).inverse();
  }

  /** Width of the face in pixels, as its landmarks' scale says: the same in profile. */
  public double width() {
    FacePoint left = TEMPLATE.points().get(0);
    FacePoint right = TEMPLATE.points().get(1);
    double eyes = Math.hypot(right.x() - left.x(), right.y() - left.y());
    return WIDTH_TO_EYES * eyes * fromTemplate().scale();
  }

  /** Another image of the face, whose points are where the transform takes them. */
  LocatedFace moved(GrayImage other, SimilarityTransform transform) {
    List<FacePoint> moved = new ArrayList<>();
    for (FacePoint point : points) {
      moved.add(
          new FacePoint(
              (float) transform.x(point.x(), point.y()),
              (float) transform.y(point.x(), point.y())));
    }
    return new LocatedFace(other, moved);
  }
}
