package io.framewarden.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TSneTest {
  private static final int EACH = 40;

  @Test
  void clustersStayApart() {
    double[][] placed = TSne.of(clusters(3, 1), 15, 7);
    // Each point's nearest neighbour on the plane is of its own cluster.
    int own = 0;
    for (int i = 0; i < placed.length; i++) {
      own += nearest(placed, i) / EACH == i / EACH ? 1 : 0;
    }
    assertTrue(own >= placed.length - 1, own + " of " + placed.length);
  }

  @Test
  void oneCloudIsNotTornApart() {
    double[][] placed = TSne.of(clusters(1, 1), 15, 7);
    double x = 0;
    for (double[] point : placed) {
      assertTrue(Double.isFinite(point[0]) && Double.isFinite(point[1]));
      x += point[0];
    }
    assertEquals(0, x / placed.length, 1e-6);
  }

  @Test
  void sameSeedSamePlane() {
    List<float[]> points = clusters(2, 2);
    assertArrayEquals(TSne.of(points, 10, 3)[5], TSne.of(points, 10, 3)[5]);
  }

  @Test
  void equalPointsAreNoTrouble() {
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(new float[] {1, 2, 3});
    }
    for (double[] point : TSne.of(points, 30, 1)) {
      assertTrue(Double.isFinite(point[0]) && Double.isFinite(point[1]));
    }
  }

  @Test
  void tooFewPointsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TSne.of(clusters(1, 1).subList(0, 3), 5, 1));
  }

  private static int nearest(double[][] placed, int of) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < placed.length; j++) {
      double distance = Math.hypot(placed[j][0] - placed[of][0], placed[j][1] - placed[of][1]);
      if (j != of && distance < least) {
        least = distance;
        best = j;
      }
    }
    return best;
  }

  private static List<float[]> clusters(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> points = new ArrayList<>();
    for (int i = 0; i < count * EACH; i++) {
      float[] point = new float[20];
      for (int k = 0; k < point.length; k++) {
        point[k] = (float) (random.nextGaussian() + (k % count == i / EACH ? 6 : 0));
      }
      points.add(point);
    }
    return points;
  }
}
