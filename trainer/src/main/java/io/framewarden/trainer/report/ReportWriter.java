package io.framewarden.trainer.report;

import io.framewarden.trainer.report.chart.Palette;
import io.framewarden.trainer.report.chart.Plot;
import io.framewarden.trainer.report.chart.PlotDrawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a report's folder. One thread. */
public final class ReportWriter {
  /** The page. */
  public static final String PAGE = "report.html";

  /** Every figure. */
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
    List<String> notes = new ArrayList<>(data.notes());
    Optional<String> missing = PlotDrawing.missing();
    if (missing.isPresent()) {
      notes.add("No charts: " + missing.get());
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
    ReportData shown =
        new ReportData(
            data.judged(), data.robustness(), data.losses(), data.inside(), data.runs(), notes);
    return Files.writeString(folder.resolve(PAGE), HtmlReport.of(shown, plots));
  }

  private static Map<String, Plot> plots(ReportData data) {
    Map<String, Plot> plots = new LinkedHashMap<>(MetricPlots.of(data.judged()));
    plots.putAll(RunPlots.losses(data.losses()));
    data.robustness().ifPresent(grid -> plots.putAll(RunPlots.robustness(grid)));
    data.inside().ifPresent(inside -> plots.putAll(RunPlots.features(inside)));
    if (data.runs().size() > 1) {
      plots.putAll(RunPlots.runs(data.runs()));
    }
    return plots;
  }
}
