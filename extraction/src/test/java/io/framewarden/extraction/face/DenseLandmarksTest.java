package io.framewarden.extraction.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DenseLandmarksTest {
  @Test
  void theMirrorOfTheMirrorIsTheLandmarkItself() {
    TreeSet<Integer> all = new TreeSet<>();
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      int mirrored = DenseLandmarks.mirrored(i);
      assertEquals(i, DenseLandmarks.mirrored(mirrored));
      all.add(mirrored);
    }
    assertEquals(DenseLandmarks.POINTS, all.size());
  }

  @Test
  void theMirrorSwapsSidesAndKeepsTheMiddle() {
    assertEquals(16, DenseLandmarks.mirrored(0), "ends of the jaw");
    assertEquals(8, DenseLandmarks.mirrored(8), "chin");
    assertEquals(26, DenseLandmarks.mirrored(17), "outer ends of the brows");
    assertEquals(30, DenseLandmarks.mirrored(30), "tip of the nose");
    assertEquals(45, DenseLandmarks.mirrored(36), "outer corners of the eyes");
    assertEquals(46, DenseLandmarks.mirrored(41), "lower lids");
    assertEquals(54, DenseLandmarks.mirrored(48), "corners of the mouth");
    assertEquals(56, DenseLandmarks.mirrored(58), "lower lip");
    assertEquals(65, DenseLandmarks.mirrored(67), "inner lower lip");
  }

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
}
