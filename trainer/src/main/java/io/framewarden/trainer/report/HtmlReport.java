package io.framewarden.trainer.report;

import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.dataset.KindStudy;
import io.framewarden.trainer.report.ExplanationSections.Confusion;
import io.framewarden.trainer.report.ReportData.Explanations;
import io.framewarden.trainer.report.chart.Palette;
import io.framewarden.trainer.report.chart.Plot;
import io.framewarden.trainer.report.chart.PlotDrawing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page. It loads nothing: styles, charts (one for a light, one for a dark screen) and faces are
 * inside.
 */
final class HtmlReport {
  private static final String STYLE = "report.css";

  private final ReportData data;
  private final MetricSections metrics;
  private final Map<String, Plot> plots;
  private final List<String> sections = new ArrayList<>();
  private final List<String> links = new ArrayList<>();

  private HtmlReport(ReportData data, Map<String, Plot> plots) {
    this.data = data;
    this.metrics = new MetricSections(data.report());
    this.plots = plots;
  }

  /**
   * The whole page.
   *
   * @param plots those that could be drawn, by name
   */
  static String of(ReportData data, Map<String, Plot> plots) {
    HtmlReport report = new HtmlReport(data, plots);
    report.addMetrics();
    report.addTraining();
    report.addRuns();
    report.addExplanations();
    report.addSamples();
    return report.page();
  }

  private void addMetrics() {
    add("model", "Model and faces", "", metrics.metadata());
    add(
        "metrics",
        "Metrics",
        "Each domain stands against all real faces. Small print: 95 % bootstrap intervals, drawn by"
            + " person; they speak of other people of this kind, not of another training. A metric"
            + " that needs both classes is absent where there is one. The blur baseline is minus"
            + " the log energy of the inner face&rsquo;s Laplacian; the last column is the AUC of"
            + " the logits with that score regressed out.",
        metrics.metrics() + MetricSections.meanings());
    if (plots.containsKey("scores")) {
      add(
          "curves",
          "Curves",
          "ROC with its AUC; compare it with the blur baseline."
              + " Reliability in ten bins, before and after calibration. Scores as shares of each"
              + " class.",
          charts("roc", "reliability", "scores"));
    }
    boolean calibrated =
        data.report().model().operatingPoints().stream().allMatch(OperatingPoint::calibrated);
    add(
        "points",
        "Operating points",
        calibrated
            ? "Thresholds on the calibrated probability, chosen before these faces were seen, and"
                + " what they do here. Between the two thresholds the model abstains. Accuracy"
                + " above is taken at the first point."
            : "Nobody chose this threshold on real faces: it promises nothing.",
        metrics.operatingPoints());
  }

  private void addTraining() {
    List<KindStudy> kinds = data.training().kinds();
    if (!data.training().probes().isEmpty()) {
      add(
          "probes",
          "Probes",
          "On photographs of people whom training did not see. A model that fails them will not"
              + " work on video, whatever its other metrics.",
          PseudoFakeSections.probes(data.training().probes()));
    }
    if (!kinds.isEmpty()) {
      add(
          "pseudo-fakes",
          "Pseudo-fakes",
          "What training makes, here of people whom it did not see. The table has fake minus real"
              + " before degradation: natural logarithm of the inner face&rsquo;s energy in bands"
              + " of Gaussians, and its mean level; below, the range of nine pairs in ten. Real"
              + " deepfakes lose detail: &minus;0.2 to &minus;1.8 in the finest band.",
          PseudoFakeSections.changes(kinds) + PseudoFakeSections.sheets(kinds));
    }
  }

  private void addRuns() {
    if (!data.robustness().isEmpty()) {
      add(
          "robustness",
          "Robustness",
          "Frame-level AUC when every face, real and fake, is corrupted alike; darker cells"
              + " lost more against the clean faces (full colour: 0.1). The small number"
              + " is the level&rsquo;s strength. H.264 is coded by libopenh264 at a"
              + " constant quantiser, the faces of a video as one clip.",
          RunSections.robustness(data.robustness()) + charts("robustness"));
    }
    if (data.hasComparison()) {
      add(
          "cross",
          "Cross-forgery",
          "AUC of each run on each domain against all real faces. Cells without a mark are"
              + " forgeries that the run never saw. Runs may differ in more than their alpha; the"
              + " gray dots are the paper&rsquo;s, on other faces.",
          RunSections.crossForgery(data.runs()) + charts("roc-runs", "alpha"));
    }
    if (plots.containsKey("losses")) {
      add(
          "learning",
          "Learning curves",
          "Terms of the loss on training batches, unweighted, and their weighted sum (total)."
              + " The decomposition term is an estimate of mutual information that one part raises"
              + " and the other lowers: it is not expected to fall.",
          charts("losses"));
    }
  }

  private void addExplanations() {
    Explanations explanations = data.explanations();
    if (explanations.isEmpty()) {
      return;
    }
    int mapSide = explanations.each().get(0).mapSide();
    if (explanations.hasDomains()) {
      addConfusion(explanations);
    }
    add(
        "attention",
        "Attention and Grad-CAM",
        "From left: the face; M_df, the deepfake attention averaged over channels and"
            + " stretched to its own range, which is given; Grad-CAM of the fake logit on"
            + " I_df; M_dom; Grad-CAM of the highest domain logit on I_dom. Compare"
            + " figure 6"
            + " of the paper. Maps have %d x %d cells and are interpolated."
                .formatted(mapSide, mapSide),
        ExplanationSections.attention(explanations));
    add(
        "features",
        "Features",
        "t-SNE of averaged feature maps, as the paper&rsquo;s figure 7: of a backbone that was"
            + " trained by cross-entropy alone, where one is among the compared models; of the"
            + " deepfake part; of the domain part. Only neighbourhoods mean something, not"
            + " distances or sizes, so there are no axes.",
        charts("tsne-backbone", "tsne-deepfake", "tsne-domain"));
  }

  private void addConfusion(Explanations explanations) {
    String accuracy = Html.metric(Confusion.of(explanations).accuracy());
    add(
        "confusion",
        "Domain confusion",
        "Share of each true domain&rsquo;s faces that the domain classifier C_bar gives to a"
            + " domain; mean accuracy over the domains it knows "
            + accuracy
            + String.format(
                Locale.ROOT,
                " (the paper&rsquo;s figure 5, on FaceForensics++: %.2f).",
                PaperMetrics.DOMAIN_ACCURACY),
        ExplanationSections.confusion(explanations));
  }

  private void addSamples() {
    add(
        "misclassified",
        "Misclassified",
        "The faces that the first operating point puts into the wrong class, the most confident"
            + " mistakes first, one for each person, with their probability of being fake. Faces"
            + " between its two thresholds are called neither.",
        SampleSection.misclassified(data.report()));
    add(
        "paper",
        "The paper&rsquo;s metrics",
        "For scale only: other faces, another backbone, another training. <code>framewarden"
            + " reproduce</code> runs the paper&rsquo;s own protocol where its data sets are at"
            + " hand.",
        RunSections.paper(data.report()));
  }

  private void add(String id, String title, String caption, String body) {
    sections.add(
        "<section id=\"%s\"><h2>%s</h2>\n%s%s</section>\n"
            .formatted(
                id,
                title,
                caption.isEmpty() ? "" : "<p class=\"caption\">" + caption + "</p>\n",
                body));
    links.add("<a href=\"#%s\">%s</a>".formatted(id, title));
  }

  private String charts(String... names) {
    StringBuilder html = new StringBuilder("<div class=\"charts\">");
    for (String name : names) {
      Plot plot = plots.get(name);
      if (plot != null) {
        html.append(
            ("<figure%s><img class=\"light\" src=\"%s\" alt=\"%s\">"
                    + "<img class=\"dark\" src=\"%s\" alt=\"%s\"></figure>\n")
                .formatted(
                    plot.size() == Plot.Size.WIDE ? " class=\"broad\"" : "",
                    uri(plot, Palette.LIGHT),
                    Html.escaped(plot.description()),
                    uri(plot, Palette.DARK),
                    Html.escaped(plot.description())));
      }
    }
    return html.append("</div>\n").toString();
  }

  /** Many dots are smaller as pixels, all else is sharper as lines. */
  private static String uri(Plot plot, Palette palette) {
    boolean dots = plot.series().stream().allMatch(s -> s.style() == Plot.Style.DOTS);
    byte[] bytes =
        dots
            ? PlotDrawing.png(plot, palette)
            : PlotDrawing.svg(plot, palette).getBytes(StandardCharsets.UTF_8);
    return "data:image/%s;base64,%s"
        .formatted(dots ? "png" : "svg+xml", Base64.getEncoder().encodeToString(bytes));
  }

  private String page() {
    EvaluationReport report = data.report();
    StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head>");
    html.append("<meta charset=\"utf-8\">");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.append("<title>")
        .append(Html.escaped(report.model().title()))
        .append(": evaluation</title>");
    html.append("<style>\n").append(style()).append("</style></head><body>\n<header>");
    html.append("<h1>").append(Html.escaped(report.model().title())).append("</h1>");
    html.append("<p class=\"sub\">Evaluation on ").append(report.scored().size());
    html.append(" faces by Framewarden</p>").append(notes());
    html.append(metrics.cards());
    html.append("<nav>").append(String.join("\n", links)).append("</nav></header>\n<main>");
    sections.forEach(html::append);
    html.append(
        "</main>\n<footer>All metrics are in metrics.json, the charts beside it in charts/.");
    return html.append("</footer></body></html>\n").toString();
  }

  private String notes() {
    if (data.notes().isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<div class=\"notes\"><ul>");
    data.notes().forEach(note -> html.append("<li>").append(Html.escaped(note)).append("</li>"));
    return html.append("</ul></div>\n").toString();
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the report's style sheet cannot be read", e);
    }
  }
}
