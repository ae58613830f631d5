package io.framewarden.trainer.report;

import io.framewarden.trainer.report.chart.Palette;
import io.framewarden.trainer.report.chart.Plot;
import io.framewarden.trainer.report.chart.PlotDrawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes a report's folder. One thread. */
public final class ReportWriter {
  /** The page's file name. */
  public static final String PAGE = "report.html";

  /** Every metric. */
  public static final String METRICS = "metrics.json";

  private static final String CHARTS = "charts";

  private ReportWriter() {}

  /**
   * Writes {@code report.html}, {@code metrics.json} and {@code charts/*.svg, *.png}. Files of
   * these names are replaced, others are left alone. Where Java cannot draw, the page says so and
   * goes without charts.
   *
   * @return the page
   */
  public static Path write(ReportData data, Path folder) throws IOException {
    Files.createDirectories(folder.resolve(CHARTS));
    Map<String, Plot> plots = new LinkedHashMap<>();
    ReportData shown = data;
    Optional<String> unavailable = PlotDrawing.unavailable();
    if (unavailable.isPresent()) {
      shown = data.withNote("No charts: " + unavailable.get());
    } else {
      plots.putAll(plots(data));
    }
    for (Map.Entry<String, Plot> plot : plots.entrySet()) {
      Path file = folder.resolve(CHARTS).resolve(plot.getKey() + ".svg");
      Files.writeString(file, PlotDrawing.svg(plot.getValue(), Palette.LIGHT));
      Files.write(
          file.resolveSibling(plot.getKey() + ".png"),
          PlotDrawing.png(plot.getValue(), Palette.LIGHT));
    }
    Files.write(folder.resolve(METRICS), MetricsJson.of(data));
    return Files.writeString(folder.resolve(PAGE), HtmlReport.of(shown, plots));
  }

  private static Map<String, Plot> plots(ReportData data) {
    Map<String, Plot> plots = new LinkedHashMap<>(MetricPlots.of(data.report()));
    plots.putAll(RunPlots.losses(data.losses()));
    plots.putAll(RunPlots.robustness(data.robustness()));
    plots.putAll(RunPlots.features(data.explanations()));
    if (data.hasComparison()) {
      plots.putAll(RunPlots.runs(data.runs()));
    }
    return plots;
  }
}
