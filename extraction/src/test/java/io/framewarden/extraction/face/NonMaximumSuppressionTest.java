package io.framewarden.extraction.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class NonMaximumSuppressionTest {
  private static final FaceBox WIDE = new FaceBox(0, 0, 100, 100);
  private static final FaceBox BESIDE = new FaceBox(50, 0, 100, 100);
  private static final FaceBox INSIDE = new FaceBox(40, 40, 20, 20);

  @Test
  void overlapIsMeasuredByUnionOrBySmaller() {
    assertEquals(1 / 3.0, WIDE.iou(BESIDE), 1e-6);
    assertEquals(0.04, WIDE.iou(INSIDE), 1e-6);
    assertEquals(0, WIDE.iou(new FaceBox(100, 0, 10, 10)));
    List<FaceBox> boxes = List.of(WIDE, BESIDE, INSIDE);
    float[] scores = {0.9f, 0.8f, 0.7f};
    assertEquals(
        List.of(0, 1, 2),
        NonMaximumSuppression.keep(boxes, scores, 0.34, NonMaximumSuppression.Measure.UNION));
    assertEquals(
        List.of(0, 2),
        NonMaximumSuppression.keep(boxes, scores, 0.33, NonMaximumSuppression.Measure.UNION));
    assertEquals(
        List.of(0, 1),
        NonMaximumSuppression.keep(boxes, scores, 0.6, NonMaximumSuppression.Measure.SMALLER));
  }

  @Test
  void aSuppressedBoxSuppressesNobody() {
    FaceBox third = new FaceBox(100, 0, 100, 100);
    assertEquals(
        List.of(0, 2),
        NonMaximumSuppression.keep(
            List.of(WIDE, BESIDE, third),
            new float[] {0.9f, 0.8f, 0.7f},
            0.2,
            NonMaximumSuppression.Measure.UNION));
  }

  @Test
  void equalScoresGoByPlaceInTheFrameNotInTheList() {
    float[] scores = {0.5f, 0.5f};
    assertEquals(
        List.of(1),
        NonMaximumSuppression.keep(
            List.of(BESIDE, WIDE), scores, 0.2, NonMaximumSuppression.Measure.UNION));
  }

  @Test
  void facesComeFromLeftToRight() {
    DetectedFace right = new DetectedFace(new FaceBox(300, 0, 50, 50), List.of(), 0.9f);
    DetectedFace left = new DetectedFace(new FaceBox(10, 90, 50, 50), List.of(), 0.3f);
    assertEquals(
        List.of(left, right),
        NonMaximumSuppression.keep(List.of(right, left), 0.3, NonMaximumSuppression.Measure.UNION));
  }

  @Test
  void valuesThatCannotBeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new FaceBox(0, 0, -1, 5));
    assertThrows(IllegalArgumentException.class, () -> new FaceBox(0, 0, 5, Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> new GrayImage(4, 4, new byte[15]));
    assertThrows(IllegalArgumentException.class, () -> new GrayImage(65536, 65536, new byte[0]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DetectedFace(WIDE, List.of(new FacePoint(1, 1)), 0.5f));
    assertThrows(
        IllegalArgumentException.class, () -> new DetectedFace(WIDE, List.of(), Float.NaN));
  }
}
