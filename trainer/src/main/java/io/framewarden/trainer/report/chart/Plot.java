package io.framewarden.trainer.report.chart;

import java.util.List;
import java.util.Optional;

/**
 * A chart of x and y, as data. Immutable.
 *
 * @param title short; what is shown
 * @param xLabel with the unit; both labels empty for a plane without axes
 * @param yLabel with the unit
 * @param series at least one, each with at least one point
 * @param x limits of the axis; chosen by the data when absent
 * @param y limits of the axis; chosen by the data when absent
 * @param legend where the names of several series stand
 * @param width in pixels
 * @param height in pixels
 */
public record Plot(
    String title,
    String xLabel,
    String yLabel,
    List<Series> series,
    Optional<Range> x,
    Optional<Range> y,
    Legend legend,
    int width,
    int height) {

  /** Where the legend is. */
  public enum Legend {
    RIGHT,
    INSIDE_BELOW_RIGHT,
    INSIDE_ABOVE_RIGHT
  }

  /** Limits of an axis. */
  public record Range(double from, double to) {
    /** From 0 to 1. */
    public static final Range UNIT = new Range(0, 1);
  }

  /** How a series is drawn. */
  public enum Style {
    LINE,
    /** A line with a dot at each point. */
    MARKED,
    /** A guide, such as chance. */
    DASHED,
    DOTS,
    /** A histogram's outline, filled; points are left edges and heights. */
    STEPS
  }

  /**
   * Points of one name and colour.
   *
   * @param colour place in the palette, from 0; see {@link Palette}
   */
  public record Series(String name, Style style, int colour, double[] xs, double[] ys) {
    public Series {
      if (xs.length != ys.length || xs.length == 0) {
        throw new IllegalArgumentException(
            name + ": " + xs.length + " x for " + ys.length + " y; as many are needed, at least 1");
      }
    }
  }

  public Plot {
    series = List.copyOf(series);
    if (series.isEmpty()) {
      throw new IllegalArgumentException(title + ": a plot needs a series");
    }
  }

  /** A plot of the usual size with both axes chosen by the data. */
  public static Plot of(String title, String xLabel, String yLabel, List<Series> series) {
    return new Plot(
        title, xLabel, yLabel, series, Optional.empty(), Optional.empty(), Legend.RIGHT, 560, 400);
  }

  /** What is shown, in words. */
  public String description() {
    return xLabel.isEmpty() ? title : title + ": " + yLabel + " over " + xLabel;
  }

  /** This plot with these limits of x. */
  public Plot withX(Range range) {
    return new Plot(title, xLabel, yLabel, series, Optional.of(range), y, legend, width, height);
  }

  /** This plot with these limits of y. */
  public Plot withY(Range range) {
    return new Plot(title, xLabel, yLabel, series, x, Optional.of(range), legend, width, height);
  }

  /** This plot in another size. */
  public Plot sized(int newWidth, int newHeight) {
    return new Plot(title, xLabel, yLabel, series, x, y, legend, newWidth, newHeight);
  }

  /** This plot with its legend elsewhere. */
  public Plot withLegend(Legend place) {
    return new Plot(title, xLabel, yLabel, series, x, y, place, width, height);
  }
}
