package io.framewarden.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.evaluation.FaceScorer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParityCheckingScorerTest {
  private static final List<byte[]> FACES = List.of(new byte[] {0}, new byte[] {1});

  /** Scores the first pixel plus a constant, on every face but the first. */
  private record PixelScorer(double plus) implements FaceScorer {
    @Override
    public double[] logits(List<byte[]> faces) {
      double[] logits = faces.stream().mapToDouble(face -> face[0]).toArray();
      logits[logits.length - 1] += plus;
      return logits;
    }

    @Override
    public void close() {}
  }

  @Test
  void smallDifferencesPassAndAreTold() {
    ParityCheckingScorer both = both(5e-5);
    assertArrayEquals(new double[] {0, 1.00005}, both.logits(FACES));
    assertEquals(5e-5, both.maxDifference(), 1e-9);
  }

  @Test
  void oneFaceThatDiffersFailsAll() {
    var error = assertThrows(UserError.class, () -> both(2e-4).logits(FACES));
    assertTrue(error.getMessage().contains("1.000200"), error.getMessage());
    assertTrue(error.getMessage().contains("run7"), error.getMessage());
  }

  @Test
  void answerThatIsNoNumberFails() {
    assertThrows(UserError.class, () -> both(Double.NaN).logits(FACES));
  }

  private static ParityCheckingScorer both(double plus) {
    return new ParityCheckingScorer(new PixelScorer(0), new PixelScorer(plus), Path.of("run7"));
  }
}
