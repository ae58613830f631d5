package io.framewarden.trainer.forgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.evaluation.BlurBaseline;
import io.framewarden.trainer.image.BandEnergies;
import io.framewarden.trainer.photograph.FacePhotograph;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForgeriesTest {
  private final FacePhotograph face = SyntheticFaces.face(1);
  private final FacePhotograph donor = SyntheticFaces.face(2);

  static List<String> kinds() {
    return Forgeries.names();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void maskIsNeitherEmptyNorTheWholeImage(String kind) {
    for (long seed = 0; seed < 20; seed++) {
      int forged = 0;
      for (byte share : make(kind, seed).mask().pixels()) {
        forged += share == 0 ? 0 : 1;
      }
      int all = face.image().pixels().length;
      // A talking head is made as a whole.
      int most = kind.equals("resynthesis") ? all : all - 1;
      assertTrue(forged > all / 100 && forged <= most, kind + " " + seed + ": " + forged);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void fakeIsTheRealFaceOutsideTheMask(String kind) {
    for (long seed = 0; seed < 20; seed++) {
      ForgedPair forged = make(kind, seed);
      byte[] mask = forged.mask().pixels();
      for (int i = 0; i < mask.length; i++) {
        if (mask[i] == 0) {
          assertEquals(
              forged.real().pixels()[i], forged.fake().pixels()[i], kind + " " + seed + " at " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void pixelsInsideTheMaskChange(String kind) {
    for (long seed = 0; seed < 20; seed++) {
      ForgedPair forged = make(kind, seed);
      byte[] mask = forged.mask().pixels();
      double changed = 0;
      double inside = 0;
      for (int i = 0; i < mask.length; i++) {
        if ((mask[i] & 0xff) > 127) {
          inside++;
          changed += forged.fake().pixels()[i] == forged.real().pixels()[i] ? 0 : 1;
        }
      }
      assertTrue(changed >= 0.3 * inside, kind + " " + seed + ": " + changed + " of " + inside);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sameSeedGivesTheSameFakeAndAnotherSeedAnother(String kind) {
    ForgedPair first = make(kind, 7);
    assertEquals(first, make(kind, 7));
    assertNotEquals(first.fake(), make(kind, 8).fake());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void leavesItsInputsAlone(String kind) {
    byte[] before = face.image().pixels().clone();
    byte[] donorBefore = donor.image().pixels().clone();
    make(kind, 3);
    assertArrayEquals(before, face.image().pixels());
    assertArrayEquals(donorBefore, donor.image().pixels());
  }

  @Test
  void swapTakesItsInnerFaceFromTheDonor() {
    FacePhotograph other = SyntheticFaces.face(99);
    Forgery swap = Forgeries.named("swap");
    assertNotEquals(
        swap.make(face, donor, new SplittableRandom(5)).fake(),
        swap.make(face, other, new SplittableRandom(5)).fake());
  }

  /** Else a model could tell the two classes by the tone or the sharpness of whole images. */
  @Test
  void selfBlendChangesTheRealFaceHalfOfTheTime() {
    int changed = 0;
    for (long seed = 0; seed < 60; seed++) {
      changed += make("self-blend", seed).real().equals(face.image()) ? 0 : 1;
    }
    assertTrue(changed > 15 && changed < 45, "changed " + changed + " of 60");
  }

  @ParameterizedTest
  @MethodSource("decodingKinds")
  void decodedFacesHaveLessDetail(String kind) {
    double sum = 0;
    for (long seed = 0; seed < 30; seed++) {
      ForgedPair pair = make(kind, seed);
      sum += BlurBaseline.score(pair.fake().pixels()) - BlurBaseline.score(pair.real().pixels());
    }
    assertTrue(sum > 0, kind + " is sharper by " + -sum / 30);
  }

  /** Else a model could tell it by levels or by an edge as no photograph has. */
  @Test
  void resynthesisKeepsLevelsAndIsNeverMuchSharper() {
    for (long seed = 0; seed < 20; seed++) {
      ForgedPair pair = make("resynthesis", seed);
      double[] real = BandEnergies.of(pair.real().pixels());
      double[] fake = BandEnergies.of(pair.fake().pixels());
      int level = BandEnergies.BANDS.size();
      assertEquals(real[level], fake[level], 25, "level of " + seed);
      assertTrue(fake[0] < real[0] + 0.5, seed + " is sharper by " + (fake[0] - real[0]));
    }
  }

  static List<String> decodingKinds() {
    return List.of("decoder", "mouth", "swap", "resynthesis");
  }

  @Test
  void unknownKindIsRefusedByName() {
    var error = assertThrows(IllegalArgumentException.class, () -> Forgeries.named("photoshop"));
    assertTrue(error.getMessage().contains("photoshop"));
    assertTrue(error.getMessage().contains("self-blend"));
  }

  private ForgedPair make(String kind, long seed) {
    return Forgeries.named(kind).make(face, donor, new SplittableRandom(seed));
  }
}
