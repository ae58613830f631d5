package io.framewarden.trainer.forgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.forgery.QualityAugmentation.Crop;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QualityAugmentationTest {
  private final byte[] face = SyntheticFaces.face(4).pixels();

  @Test
  void sameSeedDegradesAlike() {
    for (long seed = 0; seed < 20; seed++) {
      assertArrayEquals(
          QualityAugmentation.augment(face, new SplittableRandom(seed)),
          QualityAugmentation.augment(face, new SplittableRandom(seed)));
    }
  }

  @Test
  void cropThatMovesNothingKeepsTheImage() {
    assertArrayEquals(face, QualityAugmentation.crop(face, Crop.NONE));
  }

  @Test
  void mirroringTwiceGivesTheImageBack() {
    Crop mirror = new Crop(true, 0, 1, 0, 0);
    byte[] once = QualityAugmentation.crop(face, mirror);
    assertFalse(Arrays.equals(face, once));
    assertEquals(face[0], once[FaceGeometry.SIZE - 1]);
    assertArrayEquals(face, QualityAugmentation.crop(once, mirror));
  }

  /** Next to no scaling takes the other way, by interpolation. */
  @Test
  void shiftsByWholePixelsAreWhatInterpolationGives() {
    for (boolean mirrored : new boolean[] {false, true}) {
      byte[] shifted = QualityAugmentation.crop(face, new Crop(mirrored, 0, 1, -7, 4));
      byte[] warped = QualityAugmentation.crop(face, new Crop(mirrored, 0, 1 + 1e-9, -7, 4));
      assertArrayEquals(warped, shifted);
    }
  }

  @Test
  void drawnCropKeepsTheMiddleNearTheMiddle() {
    SplittableRandom random = new SplittableRandom(3);
    byte[] dot = new byte[face.length];
    for (int y = 108; y < 116; y++) {
      Arrays.fill(dot, y * FaceGeometry.SIZE + 108, y * FaceGeometry.SIZE + 116, (byte) 255);
    }
    for (int i = 0; i < 20; i++) {
      byte[] moved = QualityAugmentation.crop(dot, Crop.draw(random));
      int inMiddle = 0;
      for (int at = 0; at < moved.length; at++) {
        boolean near =
            Math.abs(at % FaceGeometry.SIZE - 112) < 24
                && Math.abs(at / FaceGeometry.SIZE - 112) < 24;
        inMiddle += near && moved[at] != 0 ? 1 : 0;
      }
      assertTrue(inMiddle > 30);
    }
  }

  @Test
  void softeningTakesDetailAway() {
    for (long seed = 0; seed < 10; seed++) {
      assertTrue(
          roughness(QualityAugmentation.soften(face, new SplittableRandom(seed)))
              < roughness(face));
    }
  }

  private static double roughness(byte[] pixels) {
    double sum = 0;
    for (int i = 1; i < pixels.length; i++) {
      sum += Math.abs((pixels[i] & 0xff) - (pixels[i - 1] & 0xff));
    }
    return sum;
  }
}
