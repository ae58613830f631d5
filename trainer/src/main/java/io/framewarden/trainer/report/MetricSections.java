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
  private static final String[][] MEANINGS = {
    {
      "AUC",
      "Of one fake and one real face, how often the fake scores higher: 1 is perfect, above 0.95"
          + " good, a half is chance."
    },
    {
      "EER",
      "The share of mistakes at the threshold where as large a share of real faces is called fake"
          + " as of fakes is missed: 0 is perfect, below 0.1 good, a half is chance."
    },
    {
      "AP",
      "With the faces sorted by score, how few real ones stand among the fakes at the top: 1 is"
          + " perfect, above 0.95 good, chance is the share of fakes among the faces."
    },
    {
      "ACC",
      "The share of faces on the right side of the first operating point: 1 is perfect, above 0.9"
          + " good, chance a half where there are as many real faces as fakes."
    },
    {
      "FPR",
      "The share of the real faces that the first operating point calls fake: 0 is perfect, chance"
          + " is the TPR."
    },
    {
      "TPR",
      "The share of the fakes that the first operating point finds: 1 is perfect, above 0.8 good,"
          + " chance is the FPR."
    },
    {
      "TPR at FPR",
      "The share of fakes that are found if 1 % or 5 % of the real faces may be called fake: 1 is"
          + " perfect, above 0.8 good, chance is 0.01 or 0.05."
    },
    {
      "ECE",
      "How far P(fake) is from what is the case; of faces at 0.8 eight in ten should be fake: 0 is"
          + " perfect, below 0.05 good, above 0.2 do not take it for a probability. It says nothing"
          + " of telling faces apart, so there is no value for chance."
    },
    {
      "blur AUC",
      "The AUC of a mere measure of blur on these faces: a model that is not clearly above it has"
          + " learnt little else."
    },
    {
      "AUC without blur",
      "The model&rsquo;s AUC with what blur explains taken out: near a half it saw only blur."
    }
  };

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
          if (group.startsWith(Evaluation.DOMAIN) || group.startsWith(Evaluation.GROUP)) {
            rows.add(row(group, metrics));
          }
        });
    return Html.table(head, rows);
  }

  /** What the metrics mean, for readers who are no statisticians. */
  static String meanings() {
    StringBuilder html = new StringBuilder("<h3>How to read them</h3>\n<dl class=\"metadata\">");
    for (String[] meaning : MEANINGS) {
      html.append("<dt>%s</dt><dd>%s</dd>".formatted(meaning[0], meaning[1]));
    }
    return html.append("</dl>\n").toString();
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
        if (group.startsWith(Evaluation.GROUP)) {
          yield group.substring(Evaluation.GROUP.length());
        }
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
