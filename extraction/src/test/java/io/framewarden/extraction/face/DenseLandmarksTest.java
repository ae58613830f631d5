package io.framewarden.extraction.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseLandmarksTest {
  @Test
  void theFiveAreEyesNoseAndMouth() {
    List<FacePoint> points = new ArrayList<>();
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      points.add(new FacePoint(i, 2 * i));
    }
    List<FacePoint> five = new DenseLandmarks(points, 0).five();
    assertEquals(new FacePoint(38.5f, 77), five.get(0), "mean of 36 to 41");
    assertEquals(new FacePoint(44.5f, 89), five.get(1), "mean of 42 to 47");
    assertEquals(points.get(30), five.get(2));
    assertEquals(points.get(48), five.get(3));
    assertEquals(points.get(54), five.get(4));
  }

  @Test
  void anotherNumberOfPointsIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new DenseLandmarks(List.of(new FacePoint(1, 2)), 0));
    assertTrue(refusal.getMessage().contains("68"), refusal.getMessage());
  }

  @Test
  void widthAndEyesAreMeasuredFromThePoints() {
    DenseLandmarks face = DenseLandmarks.known(face());
    assertEquals(80, face.eyeDistance(), 1e-3);
    assertEquals(175, face.faceWidth(), 1e-3, "1.25 times the height from bridge to chin");
    assertEquals(new FacePoint(60, 60), face.leftEye());
    assertEquals(new FacePoint(140, 60), face.rightEye());
  }

  @Test
  void aNarrowJawInProfileDoesNotShrinkTheFace() {
    List<FacePoint> points = face();
    points.set(0, points.get(DenseLandmarks.JAW_END));
    assertEquals(175, DenseLandmarks.known(points).faceWidth(), 1e-3);
  }

  @Test
  void aNoseToTheRightOfTheImageIsPositiveYaw() {
    List<FacePoint> points = face();
    assertEquals(0, DenseLandmarks.known(points).yaw(), 1e-6);
    points.set(DenseLandmarks.NOSE_TIP, new FacePoint(140, 100));
    assertEquals(0.5, DenseLandmarks.known(points).yaw(), 1e-6);
  }

  @Test
  void whatNobodysFaceCouldBeIsNotKnown() {
    List<FacePoint> same = Collections.nCopies(DenseLandmarks.POINTS, new FacePoint(3, 3));
    assertThrows(IllegalArgumentException.class, () -> DenseLandmarks.known(same));
    List<FacePoint> lost = face();
    lost.set(20, new FacePoint(Float.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> DenseLandmarks.known(lost));
  }

  /** Eyes 80 apart, the chin 140 below the bridge, ears 160 apart; the rest does not matter. */
  private static List<FacePoint> face() {
    List<FacePoint> points =
        new ArrayList<>(Collections.nCopies(DenseLandmarks.POINTS, new FacePoint(100, 100)));
    points.set(0, new FacePoint(20, 60));
    points.set(DenseLandmarks.JAW_END, new FacePoint(180, 60));
    points.set(DenseLandmarks.CHIN, new FacePoint(100, 200));
    points.set(DenseLandmarks.BRIDGE, new FacePoint(100, 60));
    for (int i = 36; i < 42; i++) {
      points.set(i, new FacePoint(60, 60));
      points.set(i + 6, new FacePoint(140, 60));
    }
    return points;
  }
}
