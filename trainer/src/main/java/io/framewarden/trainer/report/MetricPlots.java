package io.framewarden.trainer.report;

import io.framewarden.schemas.model.Calibration;
import io.framewarden.trainer.evaluation.ScoreSet;
import io.framewarden.trainer.evaluation.ScoreSet.ReliabilityBin;
import io.framewarden.trainer.evaluation.ScoreSet.RocPoint;
import io.framewarden.trainer.evaluation.ScoredFace;
import io.framewarden.trainer.report.chart.Palette;
import io.framewarden.trainer.report.chart.Plot;
import io.framewarden.trainer.report.chart.Plot.Legend;
import io.framewarden.trainer.report.chart.Plot.Range;
import io.framewarden.trainer.report.chart.Plot.Series;
import io.framewarden.trainer.report.chart.Plot.Size;
import io.framewarden.trainer.report.chart.Plot.Style;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The plots of scores: ROC, reliability, histogram. Absent where there is one class only. */
final class MetricPlots {
  private static final int RELIABILITY_BINS = 10;
  private static final int HISTOGRAM_BINS = 25;
  private static final int MAX_POINTS = 600;
  private static final double[] DIAGONAL = {0, 1};

  private MetricPlots() {}

  static Map<String, Plot> of(EvaluationReport report) {
    Map<String, Plot> plots = new LinkedHashMap<>();
    List<ScoredFace> scored = report.scored();
    boolean reals = scored.stream().anyMatch(face -> !face.fake());
    boolean fakes = scored.stream().anyMatch(ScoredFace::fake);
    if (reals && fakes) {
      plots.put("roc", roc(report));
      plots.put("reliability", reliability(report));
    }
    if (reals || fakes) {
      plots.put("scores", histogram(report));
    }
    return plots;
  }

  private static Plot roc(EvaluationReport report) {
    List<ScoredFace> scored = report.scored();
    List<Series> series = new ArrayList<>();
    series.add(curve("model, all faces", ScoreSet.of(scored, ScoredFace::logit), 0));
    List<ScoredFace> unseen =
        scored.stream()
            .filter(face -> !face.fake() || !report.model().domains().contains(face.domain()))
            .toList();
    if (unseen.size() < scored.size() && unseen.stream().anyMatch(ScoredFace::fake)) {
      series.add(curve("model, unseen methods", ScoreSet.of(unseen, ScoredFace::logit), 3));
    }
    series.add(curve("blur baseline", ScoreSet.of(scored, ScoredFace::blur), 4));
    series.add(new Series("chance", Style.DASHED, Palette.GUIDE, DIAGONAL, DIAGONAL));
    return unit(Plot.of("ROC", "false positive rate", "true positive rate", series));
  }

  /** A ROC as a series. */
  static Series curve(String name, ScoreSet scores, int colour) {
    List<RocPoint> points = thinned(scores.roc());
    String label = String.format(Locale.ROOT, "%s (%.3f)", name, scores.auc().orElse(Double.NaN));
    return new Series(
        label,
        Style.LINE,
        colour,
        points.stream().mapToDouble(RocPoint::fpr).toArray(),
        points.stream().mapToDouble(RocPoint::tpr).toArray());
  }

  /** Points that a line of this size can show; the first and the last stay. */
  private static List<RocPoint> thinned(List<RocPoint> points) {
    int each = (int) Math.ceil((double) points.size() / MAX_POINTS);
    int last = points.size() - 1;
    return IntStream.rangeClosed(0, last)
        .filter(i -> i % each == 0 || i == last)
        .mapToObj(points::get)
        .toList();
  }

  private static Plot reliability(EvaluationReport report) {
    return unit(
        Plot.of(
            "Reliability",
            "mean probability in the bin",
            "share of fakes in the bin",
            List.of(
                bins("before calibration", report.scored(), Calibration.none(), 3),
                bins("after calibration", report.scored(), report.model().calibration(), 2),
                new Series("perfect", Style.DASHED, Palette.GUIDE, DIAGONAL, DIAGONAL))));
  }

  private static Series bins(
      String name, List<ScoredFace> scored, Calibration calibration, int colour) {
    List<ReliabilityBin> bins =
        ScoreSet.of(scored, face -> calibration.probability(face.logit()))
            .reliability(RELIABILITY_BINS);
    return new Series(
        name,
        Style.MARKED,
        colour,
        bins.stream().mapToDouble(ReliabilityBin::probability).toArray(),
        bins.stream().mapToDouble(ReliabilityBin::fake).toArray());
  }

  private static Plot histogram(EvaluationReport report) {
    List<Series> series = new ArrayList<>();
    for (boolean fake : new boolean[] {false, true}) {
      double[] probabilities =
          report.scored().stream()
              .filter(face -> face.fake() == fake)
              .mapToDouble(report::probability)
              .toArray();
      if (probabilities.length > 0) {
        series.add(
            steps(fake ? "fake" : "real", fake ? Palette.FAKE : Palette.REAL, probabilities));
      }
    }
    return Plot.of("Scores", "calibrated P(fake)", "share of the class", series)
        .withX(Range.UNIT)
        .withLegend(Legend.INSIDE_ABOVE_RIGHT)
        .withSize(Size.SQUARE);
  }

  private static Series steps(String name, int colour, double[] probabilities) {
    double[] edges = new double[HISTOGRAM_BINS + 1];
    double[] heights = new double[HISTOGRAM_BINS + 1];
    for (int bin = 0; bin <= HISTOGRAM_BINS; bin++) {
      edges[bin] = (double) bin / HISTOGRAM_BINS;
    }
    for (double probability : probabilities) {
      int bin = Math.min(HISTOGRAM_BINS - 1, (int) (probability * HISTOGRAM_BINS));
      heights[bin] += 1.0 / probabilities.length;
    }
    // The last edge ends the last step.
    heights[HISTOGRAM_BINS] = heights[HISTOGRAM_BINS - 1];
    return new Series(name, Style.STEPS, colour, edges, heights);
  }

  /** A square plot of rates, both axes from 0 to 1. */
  static Plot unit(Plot plot) {
    return plot.withX(Range.UNIT)
        .withY(Range.UNIT)
        .withLegend(Legend.INSIDE_BELOW_RIGHT)
        .withSize(Size.SQUARE);
  }
}
