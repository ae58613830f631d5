package io.framewarden.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.trainer.evaluation.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(400, 3);

  @Test
  void intervalHasTheWidthThatTheoryGives() {
    // Of n independent right-or-wrong answers the share has a deviation of sqrt(p(1-p)/n).
    List<ScoredFace> faces = drawn(2_000, 1, 5);
    Map<Metric, Interval> intervals = BOOTSTRAP.intervals(faces, Calibration.none(), 0.5);
    double accuracy =
        BinaryMetrics.of(faces, Calibration.none(), 0.5).get(Metric.ACC).orElseThrow();
    double width = 2 * 1.96 * Math.sqrt(accuracy * (1 - accuracy) / 2_000);
    Interval interval = intervals.get(Metric.ACC);
    assertTrue(interval.low() < accuracy && accuracy < interval.high(), interval.toString());
    assertEquals(width, interval.high() - interval.low(), 0.15 * width);
  }

  @Test
  void facesOfOnePersonCountAsOne() {
    // Each person ten times over: as uncertain as each person once.
    List<ScoredFace> people = drawn(200, 1, 7);
    List<ScoredFace> frames = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      frames.addAll(people);
    }
    Map<Metric, Interval> once = BOOTSTRAP.intervals(people, Calibration.none(), 0.5);
    assertEquals(
        once.get(Metric.AUC), BOOTSTRAP.intervals(frames, Calibration.none(), 0.5).get(Metric.AUC));
  }

  @Test
  void sameSeedSameIntervalsOtherSeedOthers() {
    List<ScoredFace> faces = drawn(100, 1, 9);
    var first = BOOTSTRAP.intervals(faces, Calibration.none(), 0.5);
    assertEquals(first, BOOTSTRAP.intervals(faces, Calibration.none(), 0.5));
    assertFalse(first.equals(new Bootstrap(400, 4).intervals(faces, Calibration.none(), 0.5)));
  }

  @Test
  void onePersonHasNoIntervalsAndOneClassOnlyThatOfItsOwnRate() {
    List<ScoredFace> onePerson =
        List.of(
            new ScoredFace(1, true, "x", "a", "p", 0),
            new ScoredFace(0, false, "real", "b", "p", 0));
    assertTrue(BOOTSTRAP.intervals(onePerson, Calibration.none(), 0.5).isEmpty());
    List<ScoredFace> oneClass =
        List.of(
            new ScoredFace(1, true, "x", "a", "p", 0), new ScoredFace(0, true, "x", "b", "q", 0));
    assertEquals(
        Set.of(Metric.TPR), BOOTSTRAP.intervals(oneClass, Calibration.none(), 0.5).keySet());
    assertTrue(BOOTSTRAP.intervals(List.of(), Calibration.none(), 0.5).isEmpty());
  }

  @Test
  void noResamplesNoIntervalsAndAFewAreRefused() {
    assertTrue(new Bootstrap(0, 1).intervals(drawn(50, 1, 1), Calibration.none(), 0.5).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(5, 1));
  }

  /** One face a person, fakes a deviation and a half above reals. */
  private static List<ScoredFace> drawn(int people, double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ScoredFace> faces = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      boolean fake = i % 2 == 0;
      double logit = deviation * random.nextGaussian() + (fake ? 0.75 : -0.75);
      String domain = fake ? "x" : "real";
      faces.add(new ScoredFace(logit, fake, domain, "v" + i, "p" + i, random.nextGaussian()));
    }
    return faces;
  }
}
