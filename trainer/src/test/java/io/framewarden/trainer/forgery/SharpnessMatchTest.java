package io.framewarden.trainer.forgery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.evaluation.BlurBaseline;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharpnessMatchTest {
  private final FaceImage face = SyntheticFaces.face(1);

  @Test
  void mostOfTheDifferenceInBlurGoes() {
    double before = 0;
    double after = 0;
    for (long seed = 0; seed < 10; seed++) {
      byte[] fake =
          Forgeries.named("decoder").make(face, face, new SplittableRandom(seed)).pixels();
      byte[] matched = SharpnessMatch.match(face.pixels(), fake);
      before += Math.abs(BlurBaseline.score(fake) - BlurBaseline.score(face.pixels()));
      after += Math.abs(BlurBaseline.score(fake) - BlurBaseline.score(matched));
    }
    // Not all of it: blurs of small sigma come in steps, by eight-bit kernels.
    assertTrue(after < before / 3, after + " left of " + before);
  }
}
