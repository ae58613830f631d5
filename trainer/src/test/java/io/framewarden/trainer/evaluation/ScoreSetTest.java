package io.framewarden.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.evaluation.ScoreSet.ReliabilityBin;
import io.framewarden.trainer.evaluation.ScoreSet.RocPoint;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreSetTest {
  // Descending: 0.9 fake, 0.8 real, 0.7 fake, 0.7 real, 0.4 fake, 0.2 real, 0.1 real.
  private final ScoreSet small =
      ScoreSet.of(
          new double[] {0.4, 0.9, 0.7, 0.2, 0.7, 0.8, 0.1},
          new boolean[] {true, true, true, false, false, false, false});

  @Test
  void aucCountsPairsAndHalvesTies() {
    // 0.9 beats 4; 0.7 beats 2 and ties 1; 0.4 beats 2: 8.5 of 12 pairs.
    assertEquals(8.5 / 12, small.auc().orElseThrow(), 1e-12);
  }

  @Test
  void averagePrecisionWeighsPrecisionByAddedRecall() {
    // Recall grows by a third at precision 1/1, 2/4 and 3/5.
    assertEquals((1.0 + 0.5 + 0.6) / 3, small.averagePrecision().orElseThrow(), 1e-12);
  }

  @Test
  void tprStopsBeforeTheAllowedFprIsPassed() {
    assertEquals(1.0 / 3, small.tprAtFpr(0.05).orElseThrow(), 1e-12);
    assertEquals(1.0 / 3, small.tprAtFpr(0.25).orElseThrow(), 1e-12);
    assertEquals(1.0, small.tprAtFpr(0.5).orElseThrow(), 1e-12);
  }

  @Test
  void accuracyTakesTheThresholdItselfAsFake() {
    assertEquals(4.0 / 7, small.accuracy(0.7).orElseThrow(), 1e-12);
    assertEquals(5.0 / 7, small.accuracy(0.9).orElseThrow(), 1e-12);
  }

  @Test
  void eerLiesWhereTheErrorsCross() {
    // From (FPR 1/4, FNR 2/3) to (1/2, 1/3): both are 0.45 ... at (5/12)/(7/12) of the way.
    double along = (2.0 / 3 - 0.25) / (0.25 + 1.0 / 3);
    assertEquals(0.25 + along * 0.25, small.eer().orElseThrow(), 1e-12);
    assertEquals(
        0, ScoreSet.of(new double[] {1, 2}, new boolean[] {false, true}).eer().orElseThrow());
    assertEquals(
        1, ScoreSet.of(new double[] {2, 1}, new boolean[] {false, true}).eer().orElseThrow());
    assertEquals(
        0.5, ScoreSet.of(new double[] {1, 1}, new boolean[] {false, true}).eer().orElseThrow());
  }

  @Test
  void calibrationErrorComparesProbabilityWithFrequency() {
    // Bin [0.2, 0.4): mean 0.3, none fake; bin [0.8, 1]: mean 0.9, half fake.
    ScoreSet scores =
        ScoreSet.of(new double[] {0.3, 0.3, 0.9, 0.9}, new boolean[] {false, false, true, false});
    assertEquals(0.5 * 0.3 + 0.5 * 0.4, scores.calibrationError(5).orElseThrow(), 1e-12);
  }

  @Test
  void agreesWithBruteForceOnRandomScoresWithTies() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 50; round++) {
      int n = 2 + random.nextInt(60);
      double[] scores = new double[n];
      boolean[] fake = new boolean[n];
      for (int i = 0; i < n; i++) {
        scores[i] = random.nextInt(12) / 11.0;
        fake[i] = i == 0 || (i > 1 && random.nextBoolean());
      }
      ScoreSet set = ScoreSet.of(scores, fake);
      assertEquals(BruteForce.auc(scores, fake), set.auc().orElseThrow(), 1e-9);
      assertEquals(
          BruteForce.averagePrecision(scores, fake), set.averagePrecision().orElseThrow(), 1e-9);
      assertEquals(BruteForce.tprAtFpr(scores, fake, 0.05), set.tprAtFpr(0.05).orElseThrow(), 1e-9);
      double eer = set.eer().orElseThrow();
      assertTrue(eer >= BruteForce.lowerEer(scores, fake) - 1e-9, "EER " + eer);
      assertTrue(eer <= BruteForce.upperEer(scores, fake) + 1e-9, "EER " + eer);
    }
  }

  @Test
  void rocHasAPointForEachDistinctScore() {
    assertEquals(
        List.of("0/4 0/3", "0/4 1/3", "1/4 1/3", "2/4 2/3", "2/4 3/3", "3/4 3/3", "4/4 3/3"),
        small.roc().stream()
            .map(point -> Math.round(4 * point.fpr()) + "/4 " + Math.round(3 * point.tpr()) + "/3")
            .toList());
    assertEquals(0.7, small.roc().get(3).threshold());
  }

  @Test
  void areaUnderTheRocIsTheAuc() {
    double area = 0;
    List<RocPoint> points = small.roc();
    for (int i = 1; i < points.size(); i++) {
      RocPoint from = points.get(i - 1);
      RocPoint to = points.get(i);
      area += (to.fpr() - from.fpr()) * (from.tpr() + to.tpr()) / 2;
    }
    assertEquals(small.auc().orElseThrow(), area, 1e-12);
  }

  @Test
  void emptyBinsAreNoPartOfTheReliabilityDiagram() {
    ScoreSet scores =
        ScoreSet.of(new double[] {0.3, 0.3, 0.9, 1}, new boolean[] {false, false, true, false});
    List<ReliabilityBin> bins = scores.reliability(5);
    assertEquals(2, bins.size());
    assertEquals(new ReliabilityBin(0.3, 0, 2), bins.get(0));
    assertEquals(0.95, bins.get(1).probability(), 1e-12);
    assertEquals(0.5, bins.get(1).fake());
  }

  @Test
  void reweightingCountsFacesAsOftenAsIfTheyWereThere() {
    SplittableRandom random = new SplittableRandom(21);
    for (int round = 0; round < 30; round++) {
      int n = 4 + random.nextInt(30);
      double[] scores = random.doubles(n).map(score -> Math.round(score * 8) / 8.0).toArray();
      boolean[] fake = new boolean[n];
      int[] weights = new int[n];
      for (int i = 0; i < n; i++) {
        fake[i] = i % 3 == 0;
        weights[i] = i < 2 ? 1 : random.nextInt(4);
      }
      ScoreSet weighted = ScoreSet.of(scores, fake).reweighted(weights);
      int[] times =
          IntStream.range(0, n).flatMap(i -> IntStream.range(0, weights[i]).map(k -> i)).toArray();
      double[] repeated = IntStream.of(times).mapToDouble(i -> scores[i]).toArray();
      boolean[] labels = new boolean[times.length];
      for (int i = 0; i < times.length; i++) {
        labels[i] = fake[times[i]];
      }
      ScoreSet plain = ScoreSet.of(repeated, labels);
      assertEquals(plain.auc(), weighted.auc());
      assertEquals(plain.eer(), weighted.eer());
      assertEquals(plain.averagePrecision(), weighted.averagePrecision());
      assertEquals(plain.tprAtFpr(0.05), weighted.tprAtFpr(0.05));
      assertEquals(plain.accuracy(0.5), weighted.accuracy(0.5));
      assertEquals(
          plain.calibrationError(7).orElseThrow(),
          weighted.calibrationError(7).orElseThrow(),
          1e-12);
    }
  }

  @Test
  void oneClassGivesNoMetrics() {
    ScoreSet reals = ScoreSet.of(new double[] {0.1, 0.6}, new boolean[] {false, false});
    assertTrue(reals.auc().isEmpty());
    assertTrue(reals.eer().isEmpty());
    assertTrue(reals.averagePrecision().isEmpty());
    assertTrue(reals.accuracy(0.5).isEmpty());
    assertTrue(reals.tprAtFpr(0.05).isEmpty());
    assertTrue(reals.calibrationError(10).isEmpty());
  }

  @Test
  void scoresThatAreNotNumbersAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ScoreSet.of(new double[] {Double.NaN}, new boolean[] {true}));
  }
}
