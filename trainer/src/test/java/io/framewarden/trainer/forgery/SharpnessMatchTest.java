package io.framewarden.trainer.forgery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.trainer.evaluation.BlurBaseline;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharpnessMatchTest {
  private final FacePicture face = DrawnFaces.face(1);

  @Test
  void realFaceGetsTheFakesBlurScore() {
    for (long seed = 0; seed < 10; seed++) {
      byte[] fake =
          Forgeries.named("decoder").make(face, face, new SplittableRandom(seed)).pixels();
      byte[] matched = SharpnessMatch.matched(face.pixels(), fake);
      assertEquals(BlurBaseline.score(fake), BlurBaseline.score(matched), 0.3);
    }
  }
}
