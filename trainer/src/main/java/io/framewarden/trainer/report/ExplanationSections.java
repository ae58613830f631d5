package io.framewarden.trainer.report;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.did.FaceExplanation;
import io.framewarden.trainer.report.ReportData.Explanations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What a network attends to: the domain classifier's confusions, attention, Grad-CAM. */
final class ExplanationSections {
  private static final int MAX_SHOWN = 8;
  private static final int SIDE = 112;

  private ExplanationSections() {}

  /**
   * Shares of the domain classifier's predictions by true domain.
   *
   * @param columns the classifier's domains, index 0 for real
   * @param rows by true domain, the classifier's own first
   */
  record Confusion(List<String> columns, Map<String, double[]> rows, Map<String, Integer> counts) {

    static Confusion of(Explanations explanations) {
      Map<String, double[]> rows = new LinkedHashMap<>();
      Map<String, Integer> counts = new LinkedHashMap<>();
      explanations
          .domains()
          .forEach(domain -> rows.put(domain, new double[explanations.domains().size()]));
      for (int i = 0; i < explanations.each().size(); i++) {
        FaceExplanation explanation = explanations.each().get(i);
        String truth = explanations.faces().get(i).domain();
        double[] row =
            rows.computeIfAbsent(truth, domain -> new double[explanations.domains().size()]);
        row[explanation.domain().orElseThrow().predicted()]++;
        counts.merge(truth, 1, Integer::sum);
      }
      rows.keySet().removeIf(domain -> !counts.containsKey(domain));
      rows.forEach(
          (domain, row) -> {
            for (int i = 0; i < row.length; i++) {
              row[i] /= counts.get(domain);
            }
          });
      return new Confusion(explanations.domains(), rows, counts);
    }

    /** Mean of the diagonal over the domains that the classifier knows and that are there. */
    OptionalDouble accuracy() {
      return IntStream.range(0, columns.size())
          .filter(i -> rows.containsKey(columns.get(i)))
          .mapToDouble(i -> rows.get(columns.get(i))[i])
          .average();
    }
  }

  static String confusion(Explanations explanations) {
    Confusion confusion = Confusion.of(explanations);
    List<String> head = new ArrayList<>(List.of("true domain", "faces"));
    confusion.columns().forEach(domain -> head.add("predicted: " + Html.escaped(domain)));
    List<List<String>> rows = new ArrayList<>();
    confusion
        .rows()
        .forEach(
            (domain, shares) -> {
              boolean known = confusion.columns().contains(domain);
              List<String> cells = new ArrayList<>();
              cells.add(Html.escaped(domain) + (known ? "" : " (unseen)"));
              cells.add(String.valueOf(confusion.counts().get(domain)));
              for (double share : shares) {
                cells.add(Html.shaded(String.format(Locale.ROOT, "%.2f", share), share, "good"));
              }
              rows.add(cells);
            });
    return Html.table(head, rows);
  }

  /**
   * A strip for a few faces of each domain: face, M_df, Grad-CAM of I_df, M_dom, Grad-CAM of I_dom.
   */
  static String attention(Explanations explanations) {
    StringBuilder html = new StringBuilder("<div class=\"strips\">");
    for (int i : choose(explanations)) {
      html.append(strip(explanations.faces().get(i), explanations.each().get(i)));
    }
    return html.append("</div>\n").toString();
  }

  private static String strip(Labelled face, FaceExplanation explanation) {
    StringBuilder html = new StringBuilder("<div class=\"strip\">");
    html.append(image(FaceThumbnails.plain(face.pixels(), SIDE), face.domain()));
    html.append(
        image(
            FaceThumbnails.overlaid(face.pixels(), stretched(explanation.attention()), SIDE),
            "M_df" + range(explanation.attention())));
    html.append(
        image(
            FaceThumbnails.overlaid(face.pixels(), explanation.forgedCam(), SIDE),
            "Grad-CAM, fake"));
    explanation
        .domain()
        .ifPresent(
            domain -> {
              html.append(
                  image(
                      FaceThumbnails.overlaid(face.pixels(), stretched(domain.attention()), SIDE),
                      "M_dom" + range(domain.attention())));
              html.append(
                  image(
                      FaceThumbnails.overlaid(face.pixels(), domain.cam(), SIDE),
                      "Grad-CAM, domain"));
            });
    return html.append("</div>\n").toString();
  }

  private static String image(String uri, String label) {
    return "<figure><img src=\"%s\" alt=\"%s\" width=\"%d\" height=\"%d\"><figcaption>%s</figcaption></figure>"
        .formatted(uri, Html.escaped(label), SIDE, SIDE, Html.escaped(label));
  }

  /** Attention hardly ever uses all of 0..1: shown from its own minimum to its own maximum. */
  private static float[] stretched(float[] map) {
    float min = min(map);
    float max = max(map);
    float[] out = map.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = max - min < 1e-6f ? 0 : (out[i] - min) / (max - min);
    }
    return out;
  }

  private static String range(float[] map) {
    return String.format(Locale.ROOT, ", %.2f to %.2f", min(map), max(map));
  }

  private static float min(float[] map) {
    float min = Float.POSITIVE_INFINITY;
    for (float value : map) {
      min = Math.min(min, value);
    }
    return min;
  }

  private static float max(float[] map) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : map) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** The first faces of each domain in turn. */
  private static List<Integer> choose(Explanations explanations) {
    Map<String, List<Integer>> byDomain = new LinkedHashMap<>();
    for (int i = 0; i < explanations.faces().size(); i++) {
      byDomain
          .computeIfAbsent(explanations.faces().get(i).domain(), domain -> new ArrayList<>())
          .add(i);
    }
    List<Integer> chosen = new ArrayList<>();
    for (int round = 0; chosen.size() < MAX_SHOWN && round < MAX_SHOWN; round++) {
      for (List<Integer> indices : byDomain.values()) {
        if (round < indices.size() && chosen.size() < MAX_SHOWN) {
          chosen.add(indices.get(round));
        }
      }
    }
    return chosen;
  }
}
