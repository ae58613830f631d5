package io.framewarden.trainer.forgery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MasksTest {
  private final FacePhotograph face = SyntheticFaces.face(1);
  private final DenseLandmarks landmarks = face.landmarks();

  @Test
  void maskOfAWholeFaceHoldsEyesNoseAndMouth() {
    for (MaskShape shape : MaskShape.WHOLE) {
      for (long seed = 0; seed < 20; seed++) {
        byte[] mask = draw(shape, seed);
        for (FacePoint point : landmarks.five()) {
          assertTrue(at(mask, point) > 200, shape + " " + seed + ": " + at(mask, point));
        }
      }
    }
  }

  @Test
  void maskOfTheMouthLeavesTheEyesAlone() {
    for (long seed = 0; seed < 20; seed++) {
      byte[] mask = draw(MaskShape.MOUTH, seed);
      assertTrue(at(mask, landmarks.centre(48, 67)) > 200, "seed " + seed);
      assertEquals(0, at(mask, landmarks.leftEye()), "seed " + seed);
      assertEquals(0, at(mask, landmarks.rightEye()), "seed " + seed);
    }
  }

  /** No step of a mask is visible as an edge: it rises over several pixels. */
  @ParameterizedTest
  @EnumSource(MaskShape.class)
  void edgesAreSoft(MaskShape shape) {
    for (long seed = 0; seed < 20; seed++) {
      byte[] mask = draw(shape, seed);
      int steepest = 0;
      for (int i = 1; i < mask.length; i++) {
        if (i % SyntheticFaces.SIDE != 0) {
          steepest = Math.max(steepest, Math.abs((mask[i] & 0xff) - (mask[i - 1] & 0xff)));
        }
      }
      assertTrue(steepest < 110, shape + " " + seed + ": a step of " + steepest);
    }
  }

  @Test
  void hullGoesAroundAllPointsAndGrows() {
    List<FacePoint> square =
        List.of(
            new FacePoint(0, 0),
            new FacePoint(4, 0),
            new FacePoint(2, 1),
            new FacePoint(4, 4),
            new FacePoint(0, 4));
    List<FacePoint> hull = ConvexHull.of(square);
    assertEquals(4, hull.size());
    assertTrue(!hull.contains(new FacePoint(2, 1)));
    double diagonal = Math.hypot(2, 2);
    for (FacePoint corner : ConvexHull.grown(hull, 1)) {
      assertEquals(diagonal + 1, Math.hypot(corner.x() - 2, corner.y() - 2), 1e-4);
    }
  }

  private byte[] draw(MaskShape shape, long seed) {
    try (PointerScope scope = new PointerScope()) {
      return Masks.draw(shape, face, Masks.WHOLE, new SplittableRandom(seed));
    }
  }

  private static int at(byte[] mask, FacePoint point) {
    return mask[(int) point.y() * SyntheticFaces.SIDE + (int) point.x()] & 0xff;
  }
}
