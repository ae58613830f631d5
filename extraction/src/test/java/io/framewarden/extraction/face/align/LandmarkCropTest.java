package io.framewarden.extraction.face.align;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.SimilarityTransform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandmarkCropTest {
  private static final int SIZE = 96;

  /** Eyes, nose and mouth at the template's points, the jaw a circle around them. */
  private static DenseLandmarks landmarks() {
    List<FacePoint> five = AlignmentTemplate.defaults().points();
    List<FacePoint> points = new ArrayList<>();
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      double angle = Math.PI * i / 16;
      points.add(
          i < 17
              ? new FacePoint(
                  (float) (112 - 100 * Math.cos(angle)), (float) (80 + 110 * Math.sin(angle)))
              : five.get(i < 42 ? (i < 36 ? 2 : 0) : i < 48 ? 1 : i < 54 ? 3 : 4));
    }
    return new DenseLandmarks(points, 0);
  }

  @Test
  void allLandmarksLieInsideWithAMargin() {
    DenseLandmarks inCrop = landmarks().moved(LandmarkCrop.of(landmarks(), SIZE).inverse());
    double margin = SIZE * (1 - 1 / 1.4) / 2;
    for (FacePoint point : inCrop.points()) {
      assertTrue(point.x() > margin - 0.1 && point.x() < SIZE - margin + 0.1, point.toString());
      assertTrue(point.y() > margin - 0.1 && point.y() < SIZE - margin + 0.1, point.toString());
    }
  }

  @Test
  void theSquareFollowsTheFaceThroughEveryRotationSizeAndPlace() {
    for (double degrees : new double[] {-120, -30, 0, 45, 180}) {
      SimilarityTransform moved =
          SimilarityTransform.ofView(new FacePoint(700, 300), 1.7, degrees, 224, 224);
      SimilarityTransform expected = moved.after(LandmarkCrop.of(landmarks(), SIZE));
      SimilarityTransform actual = LandmarkCrop.of(landmarks().moved(moved), SIZE);
      assertEquals(expected.a(), actual.a(), 1e-4);
      assertEquals(expected.b(), actual.b(), 1e-4);
      assertEquals(expected.dx(), actual.dx(), 0.01);
      assertEquals(expected.dy(), actual.dy(), 0.01);
    }
  }

  @Test
  void landmarksThatFallTogetherHaveNoSquare() {
    DenseLandmarks point =
        new DenseLandmarks(Collections.nCopies(DenseLandmarks.POINTS, new FacePoint(5, 5)), 0);
    assertThrows(IllegalArgumentException.class, () -> LandmarkCrop.of(point, SIZE));
  }
}
