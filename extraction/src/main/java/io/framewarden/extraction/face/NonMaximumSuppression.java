package io.framewarden.extraction.face;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Non-maximum suppression: of boxes that overlap too much, the one with the best score stays. Equal
 * scores go by x, y, width, then index in the list, so that the result is deterministic. Stateless.
 */
public final class NonMaximumSuppression {
  /** What the shared area of two boxes is divided by. */
  public enum Measure {
    /** The area that either covers (intersection over union). */
    UNION,
    /** The smaller box's area, which also catches a box inside another. */
    SMALLER
  }

  private NonMaximumSuppression() {}

  /**
   * Chooses the boxes to keep.
   *
   * @param boxes the candidates
   * @param scores one for each box
   * @param maxOverlap two kept boxes overlap by at most this, 0 to 1
   * @return the indexes of the kept boxes, best score first
   */
  public static List<Integer> keep(
      List<FaceBox> boxes, float[] scores, double maxOverlap, Measure measure) {
    List<Integer> order =
        IntStream.range(0, boxes.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> -scores[i])
                    .thenComparingDouble(i -> boxes.get(i).x())
                    .thenComparingDouble(i -> boxes.get(i).y())
                    .thenComparingDouble(i -> boxes.get(i).width())
                    .thenComparingInt(i -> i))
            .toList();
    List<Integer> kept = new ArrayList<>();
    for (int candidate : order) {
      if (kept.stream()
          .noneMatch(
              better -> overlap(boxes.get(better), boxes.get(candidate), measure) > maxOverlap)) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  /** The faces that stay, in the order that {@link FaceDetector#detect} promises. */
  public static List<DetectedFace> keep(
      List<DetectedFace> faces, double maxOverlap, Measure measure) {
    float[] scores = new float[faces.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = faces.get(i).confidence();
    }
    return keep(faces.stream().map(DetectedFace::box).toList(), scores, maxOverlap, measure)
        .stream()
        .map(faces::get)
        .sorted(DetectedFace.LEFT_TO_RIGHT)
        .toList();
  }

  private static double overlap(FaceBox one, FaceBox other, Measure measure) {
    return switch (measure) {
      case UNION -> one.iou(other);
      case SMALLER -> {
        float shared = one.intersection(other);
        yield shared == 0 ? 0 : shared / Math.min(one.area(), other.area());
      }
    };
  }
}
