package io.framewarden.trainer.report;

import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.Metric;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.report.ReportData.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** Tables of the robustness grid, of compared runs, and of the paper. */
final class RunSections {
  private RunSections() {}

  static String robustness(RobustnessGrid grid) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(clean(grid));
    for (RobustnessGrid.Row row : grid.rows()) {
      rows.add(row(grid, row));
    }
    return Html.table(
        List.of(
            "corruption", "level means", "1", "2", "3", "4", "5", "mean", "mean of blur baseline"),
        rows);
  }

  private static List<String> clean(RobustnessGrid grid) {
    List<String> cells = new ArrayList<>(List.of("none", grid.faces() + " faces"));
    cells.add("<td colspan=\"5\">" + Html.metric(grid.clean()) + "</td>");
    cells.add(Html.metric(grid.mean()) + "<span class=\"ci\">of all below</span>");
    cells.add(Html.metric(grid.blurClean()));
    return cells;
  }

  private static List<String> row(RobustnessGrid grid, RobustnessGrid.Row row) {
    String name = row.corruption().name().toLowerCase(Locale.ROOT);
    List<String> cells = new ArrayList<>(List.of(name, Html.escaped(row.corruption().unit())));
    if (!row.notApplicable().isEmpty()) {
      cells.add(
          "<td colspan=\"7\" class=\"note\">not applicable: %s</td>"
              .formatted(Html.escaped(row.notApplicable())));
      return cells;
    }
    for (int level = 0; level < row.auc().size(); level++) {
      String at = number(row.corruption().levels().get(level));
      OptionalDouble auc = row.auc().get(level);
      String text = Html.metric(auc) + "<span class=\"ci\">" + at + "</span>";
      double clean = grid.clean().orElse(0.5);
      // A tenth of AUC lost is the darkest.
      double lost = auc.isPresent() ? (clean - auc.getAsDouble()) / 0.1 : 0;
      cells.add(Html.shaded(text, lost, "bad"));
    }
    cells.add(Html.metric(row.mean()));
    cells.add(Html.metric(mean(row.blurAuc())));
    return cells;
  }

  private static OptionalDouble mean(List<OptionalDouble> values) {
    return values.stream().anyMatch(OptionalDouble::isEmpty)
        ? OptionalDouble.empty()
        : values.stream().mapToDouble(OptionalDouble::getAsDouble).average();
  }

  private static String number(double level) {
    return level == Math.rint(level)
        ? String.format(Locale.ROOT, "%.0f", level)
        : String.valueOf(level);
  }

  /** A row for each run, a column for each domain; domains that a run was trained on are marked. */
  static String crossForgery(List<Run> runs) {
    TreeSet<String> domains = new TreeSet<>();
    runs.forEach(run -> domains.addAll(run.evaluation().domains().keySet()));
    List<String> head = new ArrayList<>(List.of("run", "all"));
    domains.forEach(domain -> head.add(Html.escaped(domain)));
    List<List<String>> rows = new ArrayList<>();
    for (Run run : runs) {
      List<String> cells = new ArrayList<>();
      cells.add(Html.escaped(run.name()));
      cells.add(Html.metric(run.evaluation().frames().auc()));
      for (String domain : domains) {
        BinaryMetrics metrics = run.evaluation().domains().get(domain);
        OptionalDouble auc = metrics == null ? OptionalDouble.empty() : metrics.auc();
        boolean seen = run.trained().contains(domain);
        String text = Html.metric(auc) + (seen ? "<span class=\"ci\">trained on</span>" : "");
        // From chance, which has no colour, to perfect.
        double above = auc.isPresent() ? (auc.getAsDouble() - 0.5) / 0.5 : 0;
        cells.add(Html.shaded(text, above, "good"));
      }
      rows.add(cells);
    }
    return Html.table(head, rows);
  }

  /** The paper's tables, with this evaluation's AUC and EER at the foot. */
  static String paper(EvaluationReport report) {
    StringBuilder html = new StringBuilder("<div class=\"two\">");
    for (PaperMetrics.Table table : PaperMetrics.all()) {
      List<String> head = new ArrayList<>(List.of("model"));
      head.addAll(table.columns());
      List<List<String>> rows = new ArrayList<>();
      for (PaperMetrics.Row row : table.rows()) {
        List<String> cells = new ArrayList<>(List.of(Html.escaped(row.model())));
        row.values()
            .forEach(value -> cells.add(value.isPresent() ? Html.metric(value) : "not printed"));
        rows.add(cells);
      }
      html.append(
          "<div><h3>%s</h3><p class=\"caption\">%s</p>%s</div>"
              .formatted(
                  Html.escaped(table.title()),
                  Html.escaped(table.protocol()),
                  Html.table(head.stream().map(Html::escaped).toList(), rows)));
    }
    BinaryMetrics frames = report.evaluation().frames();
    String ours =
        Html.table(
            List.of("model", "AUC", "EER"),
            List.of(
                List.of(
                    Html.escaped(report.model().title()),
                    Html.metric(frames.auc()),
                    Html.metric(frames.eer())),
                List.of("blur baseline", Html.metric(frames.get(Metric.BLUR_AUC)), "&ndash;")));
    return html.append(
            "<div><h3>Here</h3><p class=\"caption\">this model on the faces of this page</p>")
        .append(ours)
        .append("</div></div>\n")
        .toString();
  }
}
