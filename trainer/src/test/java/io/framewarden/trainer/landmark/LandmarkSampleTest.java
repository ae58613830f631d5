package io.framewarden.trainer.landmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.extraction.face.DenseLandmarks;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LandmarkSampleTest {
  @Test
  void theMirrorOfTheMirrorIsTheLandmarkItself() {
    TreeSet<Integer> all = new TreeSet<>();
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      int mirrored = LandmarkSample.mirrored(i);
      assertEquals(i, LandmarkSample.mirrored(mirrored));
      all.add(mirrored);
    }
    assertEquals(DenseLandmarks.POINTS, all.size());
  }

  @Test
  void theMirrorSwapsSidesAndKeepsTheMiddle() {
    assertEquals(16, LandmarkSample.mirrored(0), "ends of the jaw");
    assertEquals(8, LandmarkSample.mirrored(8), "chin");
    assertEquals(26, LandmarkSample.mirrored(17), "outer ends of the brows");
    assertEquals(30, LandmarkSample.mirrored(30), "tip of the nose");
    assertEquals(45, LandmarkSample.mirrored(36), "outer corners of the eyes");
    assertEquals(46, LandmarkSample.mirrored(41), "lower lids");
    assertEquals(54, LandmarkSample.mirrored(48), "corners of the mouth");
    assertEquals(56, LandmarkSample.mirrored(58), "lower lip");
    assertEquals(65, LandmarkSample.mirrored(67), "inner lower lip");
  }
}
