package io.framewarden.trainer.photograph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.forgery.SyntheticFaces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseLandmarksTest {
  private final DenseLandmarks face = SyntheticFaces.face(1).landmarks();

  @Test
  void alignmentsFivePointsAreEyesNoseAndMouth() {
    List<FacePoint> five = face.five();
    assertEquals(71, five.get(0).x(), 3);
    assertEquals(66, five.get(0).y(), 3);
    assertEquals(151, five.get(1).x(), 3);
    assertEquals(112, five.get(2).x(), 1);
    assertEquals(77, five.get(3).x(), 1);
    assertEquals(147, five.get(4).x(), 3);
  }

  @Test
  void shapeForgetsPlaceSizeAndRotation() {
    DenseLandmarks moved = moved(2.5 * Math.cos(0.4), 2.5 * Math.sin(0.4), 300, -40);
    assertArrayEquals(face.shape(), moved.shape(), 1e-4f);
    assertEquals(2.5 * face.faceWidth(), moved.faceWidth(), 1e-3);
    assertEquals(face.yaw(), moved.yaw(), 1e-4);
  }

  @Test
  void noseToTheRightOfTheImageIsPositiveYaw() {
    List<FacePoint> points = new ArrayList<>(face.points());
    FacePoint nose = points.get(DenseLandmarks.NOSE_TIP);
    points.set(DenseLandmarks.NOSE_TIP, new FacePoint(nose.x() + 40, nose.y()));
    assertEquals(0, face.yaw(), 0.05);
    assertEquals(0.5, new DenseLandmarks(points).yaw(), 0.06);
  }

  @Test
  void narrowJawInProfileDoesNotShrinkTheFace() {
    List<FacePoint> points = new ArrayList<>(face.points());
    points.set(0, points.get(DenseLandmarks.JAW_END));
    assertTrue(new DenseLandmarks(points).faceWidth() > 0.9 * face.faceWidth());
  }

  @Test
  void otherNumbersOfPointsAndPointsWithoutExtentAreRefused() {
    List<FacePoint> few = face.points().subList(0, 5);
    var error = assertThrows(IllegalArgumentException.class, () -> new DenseLandmarks(few));
    assertTrue(error.getMessage().contains("68 points, not 5"), error.getMessage());
    List<FacePoint> same = Collections.nCopies(68, new FacePoint(3, 3));
    assertThrows(IllegalArgumentException.class, () -> new DenseLandmarks(same));
    List<FacePoint> lost = new ArrayList<>(face.points());
    lost.set(0, new FacePoint(Float.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> new DenseLandmarks(lost));
  }

  private DenseLandmarks moved(double a, double b, double dx, double dy) {
    return new DenseLandmarks(
        face.points().stream()
            .map(
                point ->
                    new FacePoint(
                        (float) (a * point.x() - b * point.y() + dx),
                        (float) (b * point.x() + a * point.y() + dy)))
            .toList());
  }
}
