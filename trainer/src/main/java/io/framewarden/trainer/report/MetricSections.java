package io.framewarden.trainer.report;

import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.Bootstrap.Interval;
import io.framewarden.trainer.evaluation.Evaluation;
import io.framewarden.trainer.evaluation.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Headline, tables of metrics, operating points. */
final class MetricSections {
  private final EvaluationReport report;

  MetricSections(EvaluationReport report) {
    this.report = report;
  }

  /** The metrics that a reader looks at first, as cards. */
  String cards() {
    StringBuilder html = new StringBuilder("<div class=\"cards\">");
    html.append(card("AUC, frames", Evaluation.ALL, Metric.AUC));
    html.append(card("AUC, videos", Evaluation.VIDEO, Metric.AUC));
    html.append(card("AUC, unseen methods", Evaluation.UNSEEN, Metric.AUC));
    html.append(card("EER", Evaluation.ALL, Metric.EER));
    html.append(card("TPR at FPR 5 %", Evaluation.ALL, Metric.TPR_AT_FPR_5));
    html.append(card("ECE, calibrated", Evaluation.ALL, Metric.ECE));
    html.append(card("AUC of the blur baseline", Evaluation.ALL, Metric.BLUR_AUC));
    html.append(card("AUC without blur", Evaluation.ALL, Metric.AUC_WITHOUT_BLUR));
    return html.append("</div>\n").toString();
  }

  /** A card, or nothing where there is no such group. */
  private String card(String name, String group, Metric metric) {
    BinaryMetrics metrics = report.evaluation().groups().get(group);
    return metrics == null
        ? ""
        : "<div class=\"card\"><span class=\"name\">%s</span><span class=\"value\">%s</span>%s</div>"
            .formatted(
                Html.escaped(name), Html.metric(metrics.get(metric)), interval(group, metric));
  }

  /** The interval behind a metric, or nothing. */
  private String interval(String group, Metric metric) {
    Interval interval =
        report.intervals().get(EvaluationReport.PREFIX + group + "." + metric.key());
    return interval == null
        ? ""
        : String.format(
            Locale.ROOT,
            "<span class=\"ci\">%.2f&ndash;%.2f</span>",
            interval.low(),
            interval.high());
  }

  /** What to know of model and faces. */
  String metadata() {
    StringBuilder html = new StringBuilder("<dl class=\"metadata\">");
    report
        .model()
        .metadata()
        .forEach(
            (name, value) ->
                html.append(
                    "<dt>%s</dt><dd>%s</dd>".formatted(Html.escaped(name), Html.escaped(value))));
    return html.append("</dl>\n").toString();
  }

  /** Every metric of every group, with its interval. */
  String metrics() {
    List<String> head = new ArrayList<>(List.of("faces", "people", "real", "fake"));
    for (Metric metric : Metric.values()) {
      head.add(metric.label());
    }
    Map<String, BinaryMetrics> groups = report.evaluation().groups();
    List<List<String>> rows = new ArrayList<>();
    for (String group : List.of(Evaluation.ALL, Evaluation.VIDEO, Evaluation.UNSEEN)) {
      if (groups.containsKey(group)) {
        rows.add(row(group, groups.get(group)));
      }
    }
    groups.forEach(
        (group, metrics) -> {
          if (group.startsWith(Evaluation.DOMAIN)) {
            rows.add(row(group, metrics));
          }
        });
    return Html.table(head, rows);
  }

  private List<String> row(String group, BinaryMetrics metrics) {
    List<String> cells = new ArrayList<>();
    cells.add(Html.escaped(label(group)));
    cells.add(String.valueOf(metrics.people()));
    cells.add(String.valueOf(metrics.reals()));
    cells.add(String.valueOf(metrics.fakes()));
    for (Metric metric : Metric.values()) {
      cells.add(Html.metric(metrics.get(metric)) + interval(group, metric));
    }
    return cells;
  }

  private String label(String group) {
    return switch (group) {
      case Evaluation.ALL -> "all faces";
      case Evaluation.VIDEO -> "all, by video";
      case Evaluation.UNSEEN -> "unseen methods";
      default -> {
        String domain = group.substring(Evaluation.DOMAIN.length());
        yield report.model().domains().contains(domain) ? domain : domain + " (unseen)";
      }
    };
  }

  /** What each operating point does to these faces. */
  String operatingPoints() {
    List<List<String>> rows = new ArrayList<>();
    for (OperatingPoint point : report.model().operatingPoints()) {
      rows.add(
          List.of(
              Html.escaped(point.name()),
              String.format(Locale.ROOT, "%.4f", point.fakeAt()),
              String.format(Locale.ROOT, "%.4f", point.realBelow()),
              share(false, point.fakeAt(), 2),
              share(true, point.fakeAt(), 2),
              share(false, point.realBelow(), point.fakeAt()),
              share(true, point.realBelow(), point.fakeAt())));
    }
    return Html.table(
        List.of(
            "point",
            "fake at",
            "real below",
            "reals flagged",
            "fakes flagged",
            "reals undecided",
            "fakes undecided"),
        rows);
  }

  /** The share of a class with probabilities in [from, below). */
  private String share(boolean fake, double from, double below) {
    double[] probabilities =
        report.scored().stream()
            .filter(face -> face.fake() == fake)
            .mapToDouble(report::probability)
            .toArray();
    if (probabilities.length == 0) {
      return Html.metric(OptionalDouble.empty());
    }
    long inside = Arrays.stream(probabilities).filter(p -> p >= from && p < below).count();
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * inside / probabilities.length);
  }
}
