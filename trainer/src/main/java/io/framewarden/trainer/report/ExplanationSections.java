package io.framewarden.trainer.report;

import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.did.FaceExplanation;
import io.framewarden.trainer.report.ReportData.Inside;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What a network makes of faces: the domain classifier's confusions, attention, Grad-CAM. */
final class ExplanationSections {
  private static final int MOST_SHOWN = 8;
  private static final int SIDE = 112;

  private ExplanationSections() {}

  /**
   * Shares of the domain classifier's answers by true domain.
   *
   * @param columns the classifier's domains, index 0 for real
   * @param rows by true domain, the classifier's own first
   */
  record Confusion(List<String> columns, Map<String, double[]> rows, Map<String, Integer> counts) {

    static Confusion of(Inside inside) {
      Map<String, double[]> rows = new LinkedHashMap<>();
      Map<String, Integer> counts = new LinkedHashMap<>();
      inside.domains().forEach(domain -> rows.put(domain, new double[inside.domains().size()]));
      for (int i = 0; i < inside.insights().size(); i++) {
        FaceExplanation insight = inside.insights().get(i);
        String truth = inside.faces().get(i).domain();
        double[] row = rows.computeIfAbsent(truth, domain -> new double[inside.domains().size()]);
        row[insight.domain().orElseThrow().predicted()]++;
        counts.merge(truth, 1, Integer::sum);
      }
      rows.keySet().removeIf(domain -> !counts.containsKey(domain));
      rows.forEach(
          (domain, row) -> {
            for (int i = 0; i < row.length; i++) {
              row[i] /= counts.get(domain);
            }
          });
      return new Confusion(inside.domains(), rows, counts);
    }

    /** Mean of the diagonal over the domains that the classifier knows and that are there. */
    OptionalDouble accuracy() {
      return IntStream.range(0, columns.size())
          .filter(i -> rows.containsKey(columns.get(i)))
          .mapToDouble(i -> rows.get(columns.get(i))[i])
          .average();
    }
  }

  static String confusion(Inside inside) {
    Confusion confusion = Confusion.of(inside);
    List<String> head = new ArrayList<>(List.of("true domain", "faces"));
    confusion.columns().forEach(domain -> head.add("said: " + Html.escaped(domain)));
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
  static String attention(Inside inside) {
    StringBuilder html = new StringBuilder("<div class=\"strips\">");
    for (int i : chosen(inside)) {
      html.append(strip(inside.faces().get(i), inside.insights().get(i)));
    }
    return html.append("</div>\n").toString();
  }

  private static String strip(Labelled face, FaceExplanation insight) {
    StringBuilder html = new StringBuilder("<div class=\"strip\">");
    html.append(image(FaceThumbnails.plain(face.pixels(), SIDE), face.domain()));
    html.append(
        image(
            FaceThumbnails.under(face.pixels(), stretched(insight.attention()), SIDE),
            "M_df" + range(insight.attention())));
    html.append(
        image(FaceThumbnails.under(face.pixels(), insight.forgedCam(), SIDE), "Grad-CAM, fake"));
    insight
        .domain()
        .ifPresent(
            domain -> {
              html.append(
                  image(
                      FaceThumbnails.under(face.pixels(), stretched(domain.attention()), SIDE),
                      "M_dom" + range(domain.attention())));
              html.append(
                  image(
                      FaceThumbnails.under(face.pixels(), domain.cam(), SIDE), "Grad-CAM, domain"));
            });
    return html.append("</div>\n").toString();
  }

  private static String image(String uri, String label) {
    return "<figure><img src=\"%s\" alt=\"%s\" width=\"%d\" height=\"%d\"><figcaption>%s</figcaption></figure>"
        .formatted(uri, Html.escaped(label), SIDE, SIDE, Html.escaped(label));
  }

  /** Attention hardly ever uses all of 0..1: shown from its own least to its own most. */
  private static float[] stretched(float[] map) {
    float least = least(map);
    float most = most(map);
    float[] out = map.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = most - least < 1e-6f ? 0 : (out[i] - least) / (most - least);
    }
    return out;
  }

  private static String range(float[] map) {
    return String.format(Locale.ROOT, ", %.2f to %.2f", least(map), most(map));
  }

  private static float least(float[] map) {
    float least = Float.POSITIVE_INFINITY;
    for (float value : map) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static float most(float[] map) {
    float most = Float.NEGATIVE_INFINITY;
    for (float value : map) {
      most = Math.max(most, value);
    }
    return most;
  }

  /** The first faces of each domain in turn. */
  private static List<Integer> chosen(Inside inside) {
    Map<String, List<Integer>> byDomain = new LinkedHashMap<>();
    for (int i = 0; i < inside.faces().size(); i++) {
      byDomain.computeIfAbsent(inside.faces().get(i).domain(), domain -> new ArrayList<>()).add(i);
    }
    List<Integer> chosen = new ArrayList<>();
    for (int round = 0; chosen.size() < MOST_SHOWN && round < MOST_SHOWN; round++) {
      for (List<Integer> places : byDomain.values()) {
        if (round < places.size() && chosen.size() < MOST_SHOWN) {
          chosen.add(places.get(round));
        }
      }
    }
    return chosen;
  }
}
