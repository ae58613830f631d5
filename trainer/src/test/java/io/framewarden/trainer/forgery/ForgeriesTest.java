package io.framewarden.trainer.forgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForgeriesTest {
  private final FaceImage face = SyntheticFaces.face(1);
  private final FaceImage donor = SyntheticFaces.face(2);

  static List<String> kinds() {
    return Forgeries.names();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void maskIsNeitherEmptyNorTheWholeImage(String kind) {
    for (long seed = 0; seed < 20; seed++) {
      int forged = 0;
      for (byte share : make(kind, seed).mask()) {
        forged += share == 0 ? 0 : 1;
      }
      int all = face.pixels().length;
      assertTrue(forged > all / 100 && forged < all, kind + " " + seed + ": " + forged);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void pixelsOutsideTheMaskAreKept(String kind) {
    for (long seed = 0; seed < 20; seed++) {
      PseudoFake forged = make(kind, seed);
      for (int i = 0; i < forged.mask().length; i++) {
        if (forged.mask()[i] == 0) {
          assertEquals(face.pixels()[i], forged.pixels()[i], kind + " " + seed + " at " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void pixelsInsideTheMaskChange(String kind) {
    for (long seed = 0; seed < 20; seed++) {
      PseudoFake forged = make(kind, seed);
      double changed = 0;
      double inside = 0;
      for (int i = 0; i < forged.mask().length; i++) {
        if ((forged.mask()[i] & 0xff) > 127) {
          inside++;
          changed += forged.pixels()[i] == face.pixels()[i] ? 0 : 1;
        }
      }
      assertTrue(changed > 0.3 * inside, kind + " " + seed + ": " + changed + " of " + inside);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void sameSeedGivesTheSameFakeAndAnotherSeedAnother(String kind) {
    PseudoFake first = make(kind, 7);
    PseudoFake again = make(kind, 7);
    assertArrayEquals(first.pixels(), again.pixels());
    assertArrayEquals(first.mask(), again.mask());
    assertFalse(Arrays.equals(first.pixels(), make(kind, 8).pixels()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void leavesItsInputsAlone(String kind) {
    byte[] before = face.pixels().clone();
    byte[] donorBefore = donor.pixels().clone();
    make(kind, 3);
    assertArrayEquals(before, face.pixels());
    assertArrayEquals(donorBefore, donor.pixels());
  }

  @Test
  void swapTakesItsInnerFaceFromTheDonor() {
    FaceImage other = SyntheticFaces.face(99);
    Forgery swap = Forgeries.named("face-swap");
    byte[] one = swap.make(face, donor, new SplittableRandom(5)).pixels();
    byte[] two = swap.make(face, other, new SplittableRandom(5)).pixels();
    assertFalse(Arrays.equals(one, two));
  }

  @Test
  void unknownKindIsRefusedByName() {
    var error = assertThrows(IllegalArgumentException.class, () -> Forgeries.named("photoshop"));
    assertTrue(error.getMessage().contains("photoshop"));
    assertTrue(error.getMessage().contains("self-blend"));
  }

  private PseudoFake make(String kind, long seed) {
    return Forgeries.named(kind).make(face, donor, new SplittableRandom(seed));
  }
}
