package io.framewarden.trainer.landmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.AffineSampler;
import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.trainer.landmark.LandmarkAugmentation.Scene;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LandmarkAugmentationTest {
  private static final int SIDE = LandmarkNetwork.SIDE;
  private final List<LabelledFace> faces = DrawnPhotographs.draw(2, 1);
  private final LabelledFace face = faces.get(0);

  @Test
  void landmarksFollowTheirPixels() {
    for (Surroundings.Kind kind : Surroundings.Kind.values()) {
      Scene scene = LandmarkAugmentation.continued(face, kind, faces.get(1).image());
      for (Scene seen : List.of(scene, LandmarkAugmentation.reduced(scene, 90))) {
        for (long seed = 0; seed < 20; seed++) {
          CropJitter jitter = CropJitter.ofBox(new SplittableRandom(seed));
          LandmarkSample sample =
              LandmarkSample.of(
                  new AffineSampler(seen.image()), seen.landmarks(), jitter.apply(seen.crop()));
          assertDiscs(sample);
          assertDiscs(sample.mirrored());
        }
      }
    }
  }

  /** What is labelled inside the square is light, and lighter than the face is on average. */
  private static void assertDiscs(LandmarkSample sample) {
    double sum = 0;
    int inside = 0;
    for (int i = 0; i < DenseLandmarks.POINTS; i++) {
      int x = (int) (sample.points()[2 * i] * SIDE);
      int y = (int) (sample.points()[2 * i + 1] * SIDE);
      if (x >= 0 && y >= 0 && x < SIDE && y < SIDE) {
        sum += sample.pixels()[y * SIDE + x] & 0xff;
        inside++;
      }
    }
    assertTrue(inside > 40, inside + " landmarks inside");
    assertTrue(sum / inside > 190, "landmarks at a level of " + sum / inside);
  }

  @Test
  void theMirrorOfTheMirrorIsTheSquareItself() {
    LandmarkSample sample =
        LandmarkAugmentation.face(face, faces.get(1).image(), new SplittableRandom(3));
    LandmarkSample twice = sample.mirrored().mirrored();
    assertArrayEquals(sample.pixels(), twice.pixels());
    assertArrayEquals(sample.points(), twice.points(), 1e-6f);
  }

  @Test
  void theSameSeedDrawsTheSameBatchOnAnyNumberOfThreads() {
    LandmarkConfig config = new LandmarkConfig(10, 6, 4, 1e-3, 10, 7);
    LandmarkBatch one = LandmarkBatch.draw(faces, config, 5);
    LandmarkBatch other = LandmarkBatch.draw(faces, config, 5);
    assertArrayEquals(one.pixels(), other.pixels());
    assertArrayEquals(one.points(), other.points());
    assertEquals(6 * 136, one.points().length);
    LandmarkBatch next = LandmarkBatch.draw(faces, config, 6);
    assertTrue(!Arrays.equals(one.pixels(), next.pixels()), "each step draws anew");
  }

  @Test
  void backgroundsHaveNoLandmarks() {
    for (long seed = 0; seed < 50; seed++) {
      LandmarkSample sample = Backgrounds.draw(face, new SplittableRandom(seed));
      assertEquals(0, sample.points().length);
      assertEquals(SIDE * SIDE, sample.pixels().length);
    }
  }
}
