package io.framewarden.trainer.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.evaluation.Bootstrap.Interval;
import io.framewarden.trainer.report.PaperMetrics;
import io.framewarden.trainer.report.chart.Palette;
import io.framewarden.trainer.report.chart.Plot;
import io.framewarden.trainer.report.chart.PlotDrawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One of the paper's tables with our metrics beside its own.
 *
 * @param paper the paper's
 * @param rows ours, as many as the paper's rows
 * @param notes what was done otherwise than in the paper
 * @param plots what there is to see of the models, by name
 */
public record Reproduction(
    PaperMetrics.Table paper, List<Row> rows, List<String> notes, Map<String, Plot> plots) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A metric of ours. What the test faces cannot give is null.
   *
   * @param value null when the test faces are of one class
   * @param interval null without a bootstrap
   * @param blur what the blur baseline reaches in its place; null where the metric has none
   */
  public record Cell(Double value, Interval interval, Double blur) {}

  /**
   * A model of ours.
   *
   * @param paper the paper's row that it is compared with
   * @param trained network and length in words
   * @param cells one for each column of the paper's table
   */
  public record Row(PaperMetrics.Row paper, String model, String trained, List<Cell> cells) {}

  /** As Markdown, for people. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(paper.title()).append("\n\n").append(paper.protocol()).append("\n\n");
    text.append("| model | ours |");
    paper.columns().forEach(name -> text.append(" %s: paper | ours | blur |".formatted(name)));
    text.append("\n|---|---|").append("---|---|---|".repeat(paper.columns().size())).append('\n');
    for (int i = 0; i < rows.size(); i++) {
      text.append("| %s | %s |".formatted(rows.get(i).model(), rows.get(i).trained()));
      for (int column = 0; column < paper.columns().size(); column++) {
        Cell cell = rows.get(i).cells().get(column);
        OptionalDouble printed = rows.get(i).paper().values().get(column);
        text.append(
            " %s | %s%s | %s |"
                .formatted(
                    printed.isPresent() ? format(printed.getAsDouble()) : "not printed",
                    format(cell.value()),
                    cell.interval() == null ? "" : format(cell.interval()),
                    format(cell.blur())));
      }
      text.append('\n');
    }
    text.append('\n');
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
    return text.toString();
  }

  /** As JSON, for programs; absent metrics have no entry. */
  byte[] json() throws JsonProcessingException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("title", paper.title());
    root.put("protocol", paper.protocol());
    root.set("columns", MAPPER.valueToTree(paper.columns()));
    ArrayNode list = root.putArray("rows");
    for (int i = 0; i < rows.size(); i++) {
      ObjectNode row = list.addObject();
      row.put("model", rows.get(i).model());
      row.put("trained", rows.get(i).trained());
      ArrayNode cells = row.putArray("metrics");
      for (int column = 0; column < paper.columns().size(); column++) {
        ObjectNode node = cells.addObject();
        Cell cell = rows.get(i).cells().get(column);
        rows.get(i).paper().values().get(column).ifPresent(value -> node.put("paper", value));
        if (cell.value() != null) {
          node.put("ours", cell.value());
        }
        if (cell.interval() != null) {
          node.putArray("interval").add(cell.interval().low()).add(cell.interval().high());
        }
        if (cell.blur() != null) {
          node.put("blur", cell.blur());
        }
      }
    }
    root.set("notes", MAPPER.valueToTree(notes));
    return MAPPER.writeValueAsBytes(root);
  }

  /**
   * Writes {@code NAME.md}, {@code NAME.json} and, where Java can draw, the plots as {@code
   * NAME-*.svg} and {@code .png}.
   *
   * @return the Markdown file
   */
  public Path write(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + ".json"), json());
    if (PlotDrawing.unavailable().isEmpty()) {
      for (Map.Entry<String, Plot> plot : plots.entrySet()) {
        String file = name + "-" + plot.getKey();
        Files.writeString(
            folder.resolve(file + ".svg"), PlotDrawing.svg(plot.getValue(), Palette.LIGHT));
        Files.write(folder.resolve(file + ".png"), PlotDrawing.png(plot.getValue(), Palette.LIGHT));
      }
    }
    return Files.writeString(folder.resolve(name + ".md"), markdown());
  }

  private static String format(Double metric) {
    return metric == null ? "absent" : String.format(Locale.ROOT, "%.3f", metric);
  }

  private static String format(Interval interval) {
    return String.format(Locale.ROOT, " (%.3f to %.3f)", interval.low(), interval.high());
  }
}
