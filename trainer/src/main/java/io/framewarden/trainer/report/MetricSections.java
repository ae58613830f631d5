package io.framewarden.trainer.report;

import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.evaluation.BinaryMetrics;
import io.framewarden.trainer.evaluation.Interval;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Headline, tables of figures, operating points. */
final class MetricSections {
  private MetricSections() {}

  /** The figures that one looks at first, as cards. */
  static String cards(EvaluationReport judged) {
    BinaryMetrics frames = judged.evaluation().frames();
    StringBuilder html = new StringBuilder("<div class=\"cards\">");
    html.append(card("AUC, frames", frames.auc(), interval(judged, "", "auc")));
    judged
        .evaluation()
        .videos()
        .ifPresent(
            v -> html.append(card("AUC, videos", v.auc(), interval(judged, ".video", "auc"))));
    judged
        .evaluation()
        .unseen()
        .ifPresent(
            u ->
                html.append(
                    card("AUC, unseen methods", u.auc(), interval(judged, ".unseen", "auc"))));
    html.append(card("EER", frames.eer(), interval(judged, "", "eer")));
    html.append(card("TPR at FPR 5 %", frames.tprAtFpr5(), interval(judged, "", "tpr_at_fpr_5")));
    html.append(card("ECE, calibrated", frames.ece(), interval(judged, "", "ece")));
    html.append(card("AUC of mere blur", frames.blurAuc(), interval(judged, "", "blur_auc")));
    html.append(
        card(
            "AUC without blur", frames.aucWithoutBlur(), interval(judged, "", "auc_without_blur")));
    return html.append("</div>\n").toString();
  }

  private static String card(String name, OptionalDouble figure, String interval) {
    return "<div class=\"card\"><span class=\"name\">%s</span><span class=\"value\">%s</span>%s</div>"
        .formatted(Html.escaped(name), Html.figure(figure), interval);
  }

  /** The interval behind a figure, or nothing. */
  private static String interval(EvaluationReport judged, String group, String figure) {
    Interval interval = judged.intervals().get(EvaluationReport.PREFIX + group + "." + figure);
    return interval == null
        ? ""
        : String.format(
            Locale.ROOT,
            "<span class=\"ci\">%.2f&ndash;%.2f</span>",
            interval.low(),
            interval.high());
  }

  static String facts(EvaluationReport judged) {
    StringBuilder html = new StringBuilder("<dl class=\"facts\">");
    judged
        .facts()
        .forEach(
            (name, value) ->
                html.append(
                    "<dt>%s</dt><dd>%s</dd>".formatted(Html.escaped(name), Html.escaped(value))));
    return html.append("</dl>\n").toString();
  }

  /** Every figure of every group, with its interval. */
  static String figures(EvaluationReport judged) {
    Map<String, BinaryMetrics> groups = new LinkedHashMap<>();
    Map<String, String> keys = new LinkedHashMap<>();
    put(groups, keys, "all faces", "", judged.evaluation().frames());
    judged.evaluation().videos().ifPresent(f -> put(groups, keys, "all, by video", ".video", f));
    judged.evaluation().unseen().ifPresent(f -> put(groups, keys, "unseen methods", ".unseen", f));
    judged
        .evaluation()
        .domains()
        .forEach(
            (domain, f) ->
                put(
                    groups,
                    keys,
                    domain + (judged.trained().contains(domain) ? "" : " (unseen)"),
                    ".domain." + domain,
                    f));
    List<List<String>> rows = new ArrayList<>();
    groups.forEach((name, figures) -> rows.add(row(judged, name, keys.get(name), figures)));
    return Html.table(
        List.of(
            "faces",
            "real",
            "fake",
            "AUC",
            "EER",
            "AP",
            "ACC",
            "TPR at FPR 1 %",
            "TPR at FPR 5 %",
            "ECE before",
            "ECE after",
            "blur AUC",
            "AUC without blur"),
        rows);
  }

  private static void put(
      Map<String, BinaryMetrics> groups,
      Map<String, String> keys,
      String name,
      String key,
      BinaryMetrics figures) {
    groups.put(name, figures);
    keys.put(name, key);
  }

  private static List<String> row(
      EvaluationReport judged, String name, String key, BinaryMetrics figures) {
    return List.of(
        Html.escaped(name),
        String.valueOf(figures.reals()),
        String.valueOf(figures.fakes()),
        cell(judged, key, "auc", figures.auc()),
        cell(judged, key, "eer", figures.eer()),
        cell(judged, key, "ap", figures.averagePrecision()),
        cell(judged, key, "acc", figures.accuracy()),
        cell(judged, key, "tpr_at_fpr_1", figures.tprAtFpr1()),
        cell(judged, key, "tpr_at_fpr_5", figures.tprAtFpr5()),
        cell(judged, key, "ece_uncalibrated", figures.eceUncalibrated()),
        cell(judged, key, "ece", figures.ece()),
        cell(judged, key, "blur_auc", figures.blurAuc()),
        cell(judged, key, "auc_without_blur", figures.aucWithoutBlur()));
  }

  private static String cell(
      EvaluationReport judged, String key, String name, OptionalDouble figure) {
    return Html.figure(figure) + interval(judged, key, name);
  }

  /** What each operating point does to these faces. */
  static String points(EvaluationReport judged) {
    List<List<String>> rows = new ArrayList<>();
    for (OperatingPoint point : judged.points()) {
      rows.add(
          List.of(
              Html.escaped(point.name()),
              String.format(Locale.ROOT, "%.4f", point.fakeAt()),
              String.format(Locale.ROOT, "%.4f", point.realBelow()),
              share(judged, false, point.fakeAt(), 2),
              share(judged, true, point.fakeAt(), 2),
              share(judged, false, point.realBelow(), point.fakeAt()),
              share(judged, true, point.realBelow(), point.fakeAt())));
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

  private static String share(EvaluationReport judged, boolean fake, double from, double below) {
    double[] probabilities =
        judged.scored().stream()
            .filter(face -> face.fake() == fake)
            .mapToDouble(face -> probability(judged, face))
            .toArray();
    if (probabilities.length == 0) {
      return Html.figure(OptionalDouble.empty());
    }
    long inside =
        java.util.Arrays.stream(probabilities).filter(p -> p >= from && p < below).count();
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * inside / probabilities.length);
  }

  static double probability(EvaluationReport judged, ScoredFace face) {
    return judged.calibration().probability(face.logit());
  }
}
