package io.framewarden.trainer.report;

import io.framewarden.trainer.did.FaceExplanation;
import io.framewarden.trainer.evaluation.ScoreSet;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.evaluation.TSne;
import io.framewarden.trainer.evaluation.robustness.RobustnessGrid;
import io.framewarden.trainer.report.ReportData.Explanations;
import io.framewarden.trainer.report.ReportData.Run;
import io.framewarden.trainer.report.chart.Palette;
import io.framewarden.trainer.report.chart.Plot;
import io.framewarden.trainer.report.chart.Plot.Legend;
import io.framewarden.trainer.report.chart.Plot.Series;
import io.framewarden.trainer.report.chart.Plot.Size;
import io.framewarden.trainer.report.chart.Plot.Style;
import io.framewarden.trainer.training.LossLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The plots of a run and of several: losses, robustness, features, alpha. */
public final class RunPlots {
  private static final int MAX_POINTS = 200;
  private static final int MAX_EMBEDDED = 800;
  private static final double PERPLEXITY = 30;
  private static final long SEED = 7;

  private RunPlots() {}

  /** Learning curves, each point the mean of as many steps; nothing without a log. */
  static Map<String, Plot> losses(List<LossLog.Line> lines) {
    if (lines.size() < 2) {
      return Map.of();
    }
    int each = Math.max(1, (int) Math.ceil((double) lines.size() / MAX_POINTS));
    List<Series> series = new ArrayList<>();
    for (String term : lines.get(0).losses().keySet()) {
      List<Double> xs = new ArrayList<>();
      List<Double> ys = new ArrayList<>();
      for (int from = 0; from < lines.size(); from += each) {
        List<LossLog.Line> some = lines.subList(from, Math.min(lines.size(), from + each));
        xs.add((double) some.get(some.size() - 1).step());
        ys.add(some.stream().mapToDouble(line -> line.losses().get(term)).average().orElse(0));
      }
      series.add(new Series(term, Style.LINE, series.size(), values(xs), values(ys)));
    }
    String unit = each == 1 ? "loss" : "loss, mean of " + each + " steps";
    return Map.of("losses", Plot.of("Learning curves", "step", unit, series).withSize(Size.WIDE));
  }

  static Map<String, Plot> robustness(RobustnessGrid grid) {
    List<Series> series = new ArrayList<>();
    for (RobustnessGrid.Row row : grid.rows()) {
      List<Double> xs = new ArrayList<>();
      List<Double> ys = new ArrayList<>();
      if (grid.clean().isPresent() && row.auc().stream().allMatch(OptionalDouble::isPresent)) {
        row.auc().forEach(auc -> ys.add(auc.getAsDouble()));
      }
      if (!ys.isEmpty()) {
        ys.add(0, grid.clean().getAsDouble());
        for (int level = 0; level < ys.size(); level++) {
          xs.add((double) level);
        }
        String name = row.corruption().name().toLowerCase(Locale.ROOT);
        series.add(new Series(name, Style.MARKED, series.size(), values(xs), values(ys)));
      }
    }
    return series.isEmpty()
        ? Map.of()
        : Map.of(
            "robustness",
            Plot.of("Robustness", "level, 0 = clean, 5 = strongest", "AUC, frames", series)
                .withSize(Size.WIDE));
  }

  /**
   * t-SNE of features as in the paper's figure 7, one plot for each kind that is at hand: the
   * baseline's, which is a network of its own and not the method's backbone, I_df and I_dom.
   */
  public static Map<String, Plot> features(Explanations explanations) {
    Map<String, Plot> plots = new LinkedHashMap<>();
    int n = Math.min(MAX_EMBEDDED, explanations.each().size());
    if (n < 4) {
      return plots;
    }
    Function<Integer, String> truth = i -> explanations.faces().get(i).fake() ? "fake" : "real";
    Function<Integer, String> domain = i -> explanations.faces().get(i).domain();
    List<FaceExplanation> each = explanations.each().subList(0, n);
    if (!explanations.baseline().isEmpty()) {
      List<FaceExplanation> baseline = explanations.baseline().subList(0, n);
      plots.put(
          "tsne-backbone",
          embedding("Backbone with BCE", baseline, FaceExplanation::backbone, truth));
    }
    if (!explanations.baseline().equals(explanations.each())) {
      plots.put("tsne-deepfake", embedding("Deepfake, I_df", each, FaceExplanation::forged, truth));
    }
    if (explanations.hasDomains()) {
      plots.put(
          "tsne-domain",
          embedding("Domain, I_dom", each, face -> face.domain().orElseThrow().features(), domain));
    }
    return plots;
  }

  private static Plot embedding(
      String title,
      List<FaceExplanation> faces,
      Function<FaceExplanation, float[]> features,
      Function<Integer, String> group) {
    int n = faces.size();
    double[][] embedded = TSne.of(faces.stream().map(features).toList(), PERPLEXITY, SEED);
    Map<String, List<double[]>> groups = new LinkedHashMap<>();
    // Real first, then fake: their colours are fixed.
    groups.put("real", new ArrayList<>());
    for (int i = 0; i < n; i++) {
      groups.computeIfAbsent(group.apply(i), name -> new ArrayList<>()).add(embedded[i]);
    }
    List<Series> series = new ArrayList<>();
    int colour = 0;
    for (Map.Entry<String, List<double[]>> entry : groups.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        series.add(
            new Series(
                entry.getKey(),
                Style.DOTS,
                colour,
                entry.getValue().stream().mapToDouble(point -> point[0]).toArray(),
                entry.getValue().stream().mapToDouble(point -> point[1]).toArray()));
      }
      colour++;
    }
    return Plot.of(title, "", "", series)
        .withLegend(Legend.INSIDE_BELOW_RIGHT)
        .withSize(Size.SQUARE);
  }

  /** AUC over alpha, with the paper's where it prints one, and each run's ROC. */
  public static Map<String, Plot> runs(List<Run> runs) {
    Map<String, Plot> plots = new LinkedHashMap<>();
    List<Run> sweep =
        runs.stream()
            .filter(run -> run.alpha().isPresent() && run.evaluation().frames().auc().isPresent())
            .sorted(Comparator.comparingDouble(run -> run.alpha().getAsDouble()))
            .toList();
    if (sweep.stream().map(run -> run.alpha().getAsDouble()).distinct().count() > 1) {
      plots.put("alpha", alpha(sweep));
    }
    List<Series> curves = new ArrayList<>();
    for (Run run : runs) {
      ScoreSet scores = ScoreSet.of(run.scored(), ScoredFace::logit);
      if (scores.auc().isPresent()) {
        curves.add(MetricPlots.curve(run.name(), scores, curves.size()));
      }
    }
    if (curves.size() > 1) {
      plots.put(
          "roc-runs",
          MetricPlots.unit(
              Plot.of("ROC of each run", "false positive rate", "true positive rate", curves)));
    }
    return plots;
  }

  private static Plot alpha(List<Run> sweep) {
    Series ours =
        new Series(
            "these runs",
            Style.MARKED,
            0,
            sweep.stream().mapToDouble(run -> run.alpha().getAsDouble()).toArray(),
            sweep.stream()
                .mapToDouble(run -> run.evaluation().frames().auc().getAsDouble())
                .toArray());
    // The three values of the paper's figure 4 that its text gives, on Celeb-DF v2.
    Series paper =
        new Series(
            "the paper, FF++ to Celeb-DF v2",
            Style.DOTS,
            Palette.GUIDE,
            new double[] {0, 0.5, 1},
            new double[] {0.380, 0.779, 0.763});
    return MetricPlots.unit(
        Plot.of(
            "AUC over alpha",
            "alpha: 0 = AUC loss only, 1 = cross-entropy only",
            "AUC, frames",
            List.of(ours, paper)));
  }

  private static double[] values(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
