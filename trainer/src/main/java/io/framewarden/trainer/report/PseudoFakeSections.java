package io.framewarden.trainer.report;

import io.framewarden.trainer.dataset.KindStudy;
import io.framewarden.trainer.dataset.KindStudy.Sample;
import io.framewarden.trainer.image.BandEnergies;
import io.framewarden.trainer.probe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a model was trained on, to look at, and what the probes say of it. */
final class PseudoFakeSections {
  private static final int SIDE = 112;

  private PseudoFakeSections() {}

  /** For each kind, what changes on average, with the range that holds nine pairs in ten. */
  static String changes(List<KindStudy> kinds) {
    List<String> head = new ArrayList<>(List.of("kind", "pairs"));
    BandEnergies.BANDS.forEach(band -> head.add(band + " px"));
    head.addAll(List.of("mean level", "blur AUC", "blur AUC, degraded"));
    List<List<String>> rows = new ArrayList<>();
    for (KindStudy kind : kinds) {
      List<String> cells =
          new ArrayList<>(List.of(Html.escaped(kind.kind()), String.valueOf(kind.pairs())));
      for (int i = 0; i < kind.change().size(); i++) {
        cells.add(
            String.format(
                Locale.ROOT,
                "%+.2f<span class=\"ci\">%+.2f to %+.2f</span>",
                kind.change().get(i),
                kind.lowest().get(i),
                kind.highest().get(i)));
      }
      cells.add(Html.metric(kind.blurAuc()));
      cells.add(Html.metric(kind.degradedBlurAuc()));
      rows.add(cells);
    }
    return Html.table(head, rows);
  }

  /** A sheet of each kind, a row for each pair. */
  static String sheets(List<KindStudy> kinds) {
    StringBuilder html = new StringBuilder();
    for (KindStudy kind : kinds) {
      html.append("<h3>").append(Html.escaped(kind.kind())).append("</h3>\n");
      for (Sample sample : kind.samples()) {
        html.append("<div class=\"strip\">");
        image(html, "real", sample.real());
        image(html, "mask", sample.mask());
        image(html, "fake", sample.fake());
        image(html, "real, degraded", sample.degradedReal());
        image(html, "fake, degraded", sample.degradedFake());
        html.append("</div>\n");
      }
    }
    return html.toString();
  }

  static String probes(List<Probe> probes) {
    List<List<String>> rows = new ArrayList<>();
    for (Probe probe : probes) {
      rows.add(
          List.of(
              Html.escaped(probe.name()),
              Html.escaped(probe.meaning()),
              Html.metric(probe.value()),
              Html.escaped(probe.wanted()),
              probe.passed() ? "passed" : Html.shaded("failed", 1, "bad")));
    }
    return Html.table(List.of("probe", "meaning", "value", "wanted", ""), rows);
  }

  private static void image(StringBuilder html, String what, byte[] face) {
    html.append(
        "<figure><img src=\"%s\" alt=\"%s\" width=\"%d\" height=\"%d\"><figcaption>%s</figcaption></figure>"
            .formatted(FaceThumbnails.plain(face, SIDE), what, SIDE, SIDE, what));
  }
}
