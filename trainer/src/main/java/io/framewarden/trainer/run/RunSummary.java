package io.framewarden.trainer.run;

import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.trainer.evaluation.Bootstrap.Interval;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.report.ReportData;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** A model and its metrics in a few lines of text. */
public final class RunSummary {
  private static final Set<String> COUNTS = Set.of("people", "reals", "fakes");

  private RunSummary() {}

  /** Name, digest and metrics of an artifact, then those on faces of further extractions. */
  public static String of(ModelArtifact model) {
    String own =
        "%s %s in %s, digest %s%n%s"
            .formatted(
                model.manifest().name(),
                model.manifest().version(),
                model.folder(),
                model.digest(),
                table(model.manifest().metrics()));
    return model.manifest().extractions().stream()
        .map(other -> "%nalso for %s%n%s".formatted(other.digest(), table(other.metrics())))
        .collect(Collectors.joining("", own, ""));
  }

  /** One metric a line. */
  public static String table(Map<String, Double> metrics) {
    return table(metrics, Map.of());
  }

  /** One metric a line, with its interval where there is one. */
  public static String table(Map<String, Double> metrics, Map<String, Interval> intervals) {
    StringBuilder text = new StringBuilder();
    metrics.forEach(
        (name, value) -> {
          boolean count = COUNTS.contains(name.substring(name.lastIndexOf('.') + 1));
          text.append(
              String.format(Locale.ROOT, count ? "  %-44s %8.0f" : "  %-44s %8.4f", name, value));
          Interval interval = intervals.get(name);
          if (interval != null) {
            text.append(
                String.format(Locale.ROOT, "  [%.4f, %.4f]", interval.low(), interval.high()));
          }
          text.append(System.lineSeparator());
        });
    return text.toString().stripTrailing();
  }

  /** One corruption a line: AUC at its five levels and their mean. */
  public static String robustness(RobustnessGrid grid) {
    StringBuilder text = new StringBuilder();
    text.append(
        "robustness, AUC of %d faces, clean %s, mean %s%n"
            .formatted(grid.faces(), metric(grid.clean()), metric(grid.mean())));
    for (RobustnessGrid.Row row : grid.rows()) {
      String metrics =
          row.notApplicable().isEmpty()
              ? row.auc().stream().map(RunSummary::metric).collect(Collectors.joining("  "))
                  + "  mean "
                  + metric(row.mean())
              : "not applicable: " + row.notApplicable();
      text.append(
          String.format(
              Locale.ROOT,
              "  %-12s %s%n",
              row.corruption().name().toLowerCase(Locale.ROOT),
              metrics));
    }
    return text.toString().stripTrailing();
  }

  /** One run a line: AUC over all faces and by domain. */
  public static String runs(List<ReportData.Run> runs) {
    StringBuilder text = new StringBuilder("runs, AUC of all faces and of each domain");
    for (ReportData.Run run : runs) {
      String domains =
          run.evaluation().domains().entrySet().stream()
              .map(
                  entry ->
                      entry.getKey()
                          + (run.trained().contains(entry.getKey()) ? "* " : " ")
                          + metric(entry.getValue().auc()))
              .collect(Collectors.joining("  "));
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-24s %s  %s",
              run.name(),
              metric(run.evaluation().frames().auc()),
              domains));
    }
    return text.append(System.lineSeparator()).append("  (* trained on)").toString();
  }

  private static String metric(OptionalDouble metric) {
    return metric.isPresent() ? String.format(Locale.ROOT, "%.4f", metric.getAsDouble()) : "absent";
  }
}
