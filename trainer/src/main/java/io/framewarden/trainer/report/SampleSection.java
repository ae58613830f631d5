package io.framewarden.trainer.report;

import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** The faces that a model is most wrong about. */
final class SampleSection {
  private static final int EACH = 11;
  private static final int SIDE = 96;

  private SampleSection() {}

  static String mostWrong(EvaluationReport judged) {
    return "<h3>Real, called fake</h3>\n"
        + samples(judged, false)
        + "<h3>Fake, called real</h3>\n"
        + samples(judged, true);
  }

  private static String samples(EvaluationReport judged, boolean fake) {
    Comparator<Integer> byLogit = Comparator.comparingDouble(i -> judged.scored().get(i).logit());
    Set<String> people = new HashSet<>();
    List<Integer> worst =
        IntStream.range(0, judged.scored().size())
            .boxed()
            .filter(i -> judged.scored().get(i).fake() == fake)
            .sorted(fake ? byLogit : byLogit.reversed())
            .filter(i -> people.add(judged.scored().get(i).identity()))
            .limit(EACH)
            .toList();
    if (worst.isEmpty()) {
      return "<p>none here</p>\n";
    }
    StringBuilder html = new StringBuilder("<div class=\"faces\">");
    for (int i : worst) {
      ScoredFace face = judged.scored().get(i);
      html.append(
          String.format(
              Locale.ROOT,
              "<figure><img src=\"%s\" alt=\"%s\" width=\"%d\" height=\"%d\"><figcaption>%s<br>P"
                  + " %.2f</figcaption></figure>",
              FaceThumbnails.plain(judged.faces().get(i).pixels(), SIDE),
              Html.escaped(face.domain()),
              SIDE,
              SIDE,
              Html.escaped(face.domain()),
              MetricSections.probability(judged, face)));
    }
    return html.append("</div>\n").toString();
  }
}
