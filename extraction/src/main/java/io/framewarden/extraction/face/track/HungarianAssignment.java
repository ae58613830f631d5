package io.framewarden.extraction.face.track;

import java.util.Arrays;

/**
 * The one-to-one assignment of rows to columns of minimal cost (the Hungarian method with
 * potentials, O(rows^2 * columns)). Rows are taken in order and ties go to the lower column, so the
 * result is always the same. Stateless.
 */
final class HungarianAssignment {
  private HungarianAssignment() {}

  /**
   * Assigns every row a column of its own at minimal total cost.
   *
   * @param cost finite; no fewer columns than rows
   * @return the column of each row
   */
  static int[] assign(double[][] cost) {
    int rows = cost.length;
    int columns = rows == 0 ? 0 : cost[0].length;
    if (columns < rows) {
      throw new IllegalArgumentException(rows + " rows need as many columns, not " + columns);
    }
    // Index 0 of each array stands for "none yet"; rows and columns count from 1 here.
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      addRow(row, cost, rowPotential, columnPotential, rowOf);
    }
    int[] columnOf = new int[rows];
    for (int column = 1; column <= columns; column++) {
      if (rowOf[column] > 0) {
        columnOf[rowOf[column] - 1] = column - 1;
      }
    }
    return columnOf;
  }

  /** Adds one row by the shortest augmenting path from it to a free column. */
  private static void addRow(
      int row, double[][] cost, double[] rowPotential, double[] columnPotential, int[] rowOf) {
    int columns = rowOf.length - 1;
    double[] slack = new double[columns + 1];
    Arrays.fill(slack, Double.POSITIVE_INFINITY);
    boolean[] reached = new boolean[columns + 1];
    int[] previous = new int[columns + 1];
    rowOf[0] = row;
    int at = 0;
    do {
      reached[at] = true;
      int from = rowOf[at];
      int nearest = 0;
      double step = Double.POSITIVE_INFINITY;
      for (int column = 1; column <= columns; column++) {
        if (reached[column]) {
          continue;
        }
        double reduced = cost[from - 1][column - 1] - rowPotential[from] - columnPotential[column];
        if (reduced < slack[column]) {
          slack[column] = reduced;
          previous[column] = at;
        }
        if (slack[column] < step) {
          step = slack[column];
          nearest = column;
        }
      }
      for (int column = 0; column <= columns; column++) {
        if (reached[column]) {
          rowPotential[rowOf[column]] += step;
          columnPotential[column] -= step;
        } else {
          slack[column] -= step;
        }
      }
      at = nearest;
    } while (rowOf[at] != 0);
    for (int column = at; column != 0; column = previous[column]) {
      rowOf[column] = rowOf[previous[column]];
    }
  }
}
