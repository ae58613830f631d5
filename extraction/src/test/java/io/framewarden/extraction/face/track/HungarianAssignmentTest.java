package io.framewarden.extraction.face.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HungarianAssignmentTest {
  @Test
  void isNeverDearerThanTheBestOfAllAssignments() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      int rows = 1 + random.nextInt(5);
      double[][] cost = new double[rows][rows + random.nextInt(3)];
      for (double[] row : cost) {
        for (int column = 0; column < row.length; column++) {
          row[column] = random.nextInt(20) - 5;
        }
      }
      int[] chosen = HungarianAssignment.assign(cost);
      double total = 0;
      for (int row = 0; row < rows; row++) {
        total += cost[row][chosen[row]];
      }
      assertEquals(rows, Arrays.stream(chosen).distinct().count());
      assertEquals(least(cost, 0, new boolean[cost[0].length]), total, 1e-9);
    }
  }

  @Test
  void hasNothingToDoForNoRows() {
    assertArrayEquals(new int[0], HungarianAssignment.assign(new double[0][]));
  }

  @Test
  void refusesMoreRowsThanColumns() {
    assertThrows(
        IllegalArgumentException.class,
        () -> HungarianAssignment.assign(new double[][] {{1}, {2}}));
  }

  private static double least(double[][] cost, int row, boolean[] used) {
    if (row == cost.length) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int column = 0; column < used.length; column++) {
      if (!used[column]) {
        used[column] = true;
        best = Math.min(best, cost[row][column] + least(cost, row + 1, used));
        used[column] = false;
      }
    }
    return best;
  }
}
