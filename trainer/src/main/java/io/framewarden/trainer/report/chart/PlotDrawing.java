package io.framewarden.trainer.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws plots, without a screen. Stateless; one thread at a time. */
public final class PlotDrawing {
  private static final int PNG_SCALE = 2;
  private static final BasicStroke GUIDE =
      new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
  private static final BasicStroke LINE =
      new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final Color TRANSPARENT = new Color(0, 0, 0, 0);

  private PlotDrawing() {}

  /**
   * Why nothing can be drawn here, such as a machine without a single font; empty when it can. A
   * report then goes without its charts.
   */
  public static Optional<String> unavailable() {
    System.setProperty("java.awt.headless", "true");
    try {
      BufferedImage probe = new BufferedImage(64, 16, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = probe.createGraphics();
      graphics.setFont(font(Font.PLAIN, 10));
      graphics.drawString("a", 2, 12);
      graphics.dispose();
      return Optional.empty();
    } catch (RuntimeException | LinkageError | InternalError e) {
      // The class library says a missing font configuration by whatever error it runs into.
      return Optional.of(
          "this Java cannot draw text (" + e + "); install a font, e.g. fonts-dejavu-core");
    }
  }

  /** As an SVG document. */
  public static String svg(Plot plot, Palette palette) {
    try {
      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument("http://www.w3.org/2000/svg", "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setPrecision(2);
      context.setComment(null);
      SVGGraphics2D graphics = new SVGGraphics2D(context, false);
      graphics.setSVGCanvasSize(new Dimension(plot.size().width(), plot.size().height()));
      chart(plot, palette).paint(graphics, plot.size().width(), plot.size().height());
      var root = graphics.getRoot();
      root.setAttributeNS(
          null, "viewBox", "0 0 " + plot.size().width() + " " + plot.size().height());
      // The library draws letters as shapes: they look alike everywhere, and cannot be searched.
      var title = document.createElementNS(root.getNamespaceURI(), "title");
      title.setTextContent(plot.description());
      root.insertBefore(title, root.getFirstChild());
      StringWriter text = new StringWriter();
      graphics.stream(root, text, true, false);
      // What comes before names a DTD on the web, which a report must not.
      String svg = text.toString();
      return svg.substring(svg.indexOf("<svg"));
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException("a chart cannot be written as SVG: " + e.getMessage(), e);
    }
  }

  /** As a PNG of twice the plot's size. */
  public static byte[] png(Plot plot, Palette palette) {
    BufferedImage image =
        new BufferedImage(
            PNG_SCALE * plot.size().width(),
            PNG_SCALE * plot.size().height(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(PNG_SCALE, PNG_SCALE);
    chart(plot, palette).paint(graphics, plot.size().width(), plot.size().height());
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException("a chart cannot be written as PNG: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private static XYChart chart(Plot plot, Palette palette) {
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder()
            .width(plot.size().width())
            .height(plot.size().height())
            .title(plot.title())
            .xAxisTitle(plot.x().label())
            .yAxisTitle(plot.y().label())
            .build();
    style(chart.getStyler(), plot, palette);
    for (Plot.Series series : plot.series()) {
      add(chart, series, palette);
    }
    addSpacer(chart, plot);
    return chart;
  }

  private static void style(XYStyler styler, Plot plot, Palette palette) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(palette.background());
    styler.setPlotBackgroundColor(palette.background());
    styler.setChartFontColor(palette.text());
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(font(Font.BOLD, 14));
    styler.setChartTitlePadding(8);
    styler.setChartPadding(10);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(palette.grid());
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotMargin(4);
    styler.setPlotContentSize(0.98);
    styler.setAxisTitleFont(font(Font.PLAIN, 12));
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 11));
    styler.setAxisTickLabelsColor(palette.faint());
    styler.setAxisTickMarksColor(palette.grid());
    styler.setxAxisTickLabelsFormattingFunction(PlotDrawing::label);
    styler.setyAxisTickLabelsFormattingFunction(PlotDrawing::label);
    styler.setXAxisTickMarkSpacingHint(60);
    styler.setYAxisTickMarkSpacingHint(40);
    styler.setLegendVisible(plot.series().size() > 1);
    styler.setLegendPosition(
        switch (plot.legend()) {
          case RIGHT -> LegendPosition.OutsideE;
          case INSIDE_BELOW_RIGHT -> LegendPosition.InsideSE;
          case INSIDE_ABOVE_RIGHT -> LegendPosition.InsideNE;
        });
    styler.setLegendLayout(LegendLayout.Vertical);
    styler.setLegendFont(font(Font.PLAIN, 11));
    styler.setLegendBackgroundColor(palette.background());
    styler.setLegendBorderColor(palette.background());
    styler.setLegendPadding(4);
    styler.setLegendSeriesLineLength(18);
    styler.setMarkerSize(5);
    styleAxes(styler, plot);
  }

  private static void styleAxes(XYStyler styler, Plot plot) {
    boolean bare = plot.x().label().isEmpty() && plot.y().label().isEmpty();
    styler.setAxisTitlesVisible(!bare);
    styler.setAxisTicksVisible(!bare);
    styler.setPlotGridLinesVisible(!bare);
    if (!plot.x().range().equals(Plot.Range.AUTO)) {
      styler.setXAxisMin(plot.x().range().from());
      styler.setXAxisMax(plot.x().range().to());
    }
    if (!plot.y().range().equals(Plot.Range.AUTO)) {
      styler.setYAxisMin(plot.y().range().from());
      styler.setYAxisMax(plot.y().range().to());
    }
  }

  private static void add(XYChart chart, Plot.Series series, Palette palette) {
    XYSeries drawn = chart.addSeries(series.name(), series.xs(), series.ys());
    Color colour = palette.series(series.colour());
    drawn.setLineColor(colour);
    drawn.setMarkerColor(colour);
    drawn.setLineStyle(series.style() == Plot.Style.DASHED ? GUIDE : LINE);
    drawn.setMarker(SeriesMarkers.NONE);
    switch (series.style()) {
      case LINE, DASHED -> drawn.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
      case MARKED -> {
        drawn.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        drawn.setMarker(SeriesMarkers.CIRCLE);
      }
      case DOTS -> {
        drawn.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        drawn.setMarker(SeriesMarkers.CIRCLE);
        drawn.setMarkerColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 170));
        drawn.setLineColor(TRANSPARENT);
      }
      case STEPS -> {
        drawn.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        drawn.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 70));
      }
    }
  }

  /**
   * Where all values of an axis are evenly spaced, the library puts its ticks on them, however odd
   * they are. An unseen point between them makes it choose round numbers.
   */
  private static void addSpacer(XYChart chart, Plot plot) {
    double[] xs = plot.series().stream().flatMapToDouble(s -> Arrays.stream(s.xs())).toArray();
    double[] ys = plot.series().stream().flatMapToDouble(s -> Arrays.stream(s.ys())).toArray();
    XYSeries spacer = chart.addSeries(" ", new double[] {between(xs)}, new double[] {between(ys)});
    spacer.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    spacer.setMarker(SeriesMarkers.NONE);
    spacer.setShowInLegend(false);
  }

  private static double between(double[] values) {
    double min = Arrays.stream(values).min().orElse(0);
    double max = Arrays.stream(values).max().orElse(1);
    return min + 0.381966 * (max - min);
  }

  /** A tick's number without what adding up left behind. */
  private static String label(double tick) {
    BigDecimal rounded = BigDecimal.valueOf(tick).round(new MathContext(6));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
