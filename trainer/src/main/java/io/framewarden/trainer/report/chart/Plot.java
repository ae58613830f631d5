package io.framewarden.trainer.report.chart;

import java.util.List;

/**
 * A chart of x and y, as data. Immutable.
 *
 * @param title short; what is shown
 * @param x the horizontal axis; both labels are empty for a plane without axes
 * @param y the vertical axis
 * @param series at least one, each with at least one point
 * @param legend where the names of several series stand
 */
public record Plot(String title, Axis x, Axis y, List<Series> series, Legend legend, Size size) {

  /** An axis with its unit in the label. */
  public record Axis(String label, Range range) {}

  /** Width and height, in pixels. */
  public enum Size {
    STANDARD(560, 400),
    SQUARE(480, 480),
    WIDE(860, 420);

    private final int width;
    private final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }

    /** In pixels. */
    public int width() {
      return width;
    }

    /** In pixels. */
    public int height() {
      return height;
    }
  }

  /** Where the legend is. */
  public enum Legend {
    RIGHT,
    INSIDE_BELOW_RIGHT,
    INSIDE_ABOVE_RIGHT
  }

  /** Limits of an axis. */
  public record Range(double from, double to) {
    /** Chosen by the data. */
    public static final Range AUTO = new Range(Double.NaN, Double.NaN);

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
        title,
        new Axis(xLabel, Range.AUTO),
        new Axis(yLabel, Range.AUTO),
        series,
        Legend.RIGHT,
        Size.STANDARD);
  }

  /** What is shown, in words. */
  public String description() {
    return x.label().isEmpty() ? title : title + ": " + y.label() + " over " + x.label();
  }

  /** This plot with these limits of x. */
  public Plot withX(Range range) {
    return new Plot(title, new Axis(x.label(), range), y, series, legend, size);
  }

  /** This plot with these limits of y. */
  public Plot withY(Range range) {
    return new Plot(title, x, new Axis(y.label(), range), series, legend, size);
  }

  /** This plot in another size. */
  public Plot withSize(Size other) {
    return new Plot(title, x, y, series, legend, other);
  }

  /** This plot with its legend elsewhere. */
  public Plot withLegend(Legend other) {
    return new Plot(title, x, y, series, other, size);
  }
}
