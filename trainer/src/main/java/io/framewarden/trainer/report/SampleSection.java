package io.framewarden.trainer.report;

import io.framewarden.schemas.model.ModelManifest.OperatingPoint;
import io.framewarden.trainer.evaluation.ScoredFace;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** The faces that a model misclassifies most confidently, at its first operating point. */
final class SampleSection {
  private static final int MAX_FACES = 11;
  private static final int SIDE = 96;

  private SampleSection() {}

  static String misclassified(EvaluationReport report) {
    return "<h3>Real, called fake</h3>\n"
        + samples(report, false)
        + "<h3>Fake, called real</h3>\n"
        + samples(report, true);
  }

  private static String samples(EvaluationReport report, boolean fake) {
    Comparator<Integer> byLogit = Comparator.comparingDouble(i -> report.scored().get(i).logit());
    Set<String> people = new HashSet<>();
    List<Integer> worst =
        IntStream.range(0, report.scored().size())
            .boxed()
            .filter(i -> isMisclassified(report, report.scored().get(i), fake))
            .sorted(fake ? byLogit : byLogit.reversed())
            .filter(i -> people.add(report.scored().get(i).identity()))
            .limit(MAX_FACES)
            .toList();
    if (worst.isEmpty()) {
      return "<p>none</p>\n";
    }
    StringBuilder html = new StringBuilder("<div class=\"faces\">");
    for (int i : worst) {
      ScoredFace face = report.scored().get(i);
      html.append(
          String.format(
              Locale.ROOT,
              "<figure><img src=\"%s\" alt=\"%s\" width=\"%d\" height=\"%d\"><figcaption>%s<br>P"
                  + " %.2f</figcaption></figure>",
              FaceThumbnails.plain(report.faces().get(i).pixels(), SIDE),
              Html.escaped(face.domain()),
              SIDE,
              SIDE,
              Html.escaped(face.domain()),
              report.probability(face)));
    }
    return html.append("</div>\n").toString();
  }

  /** Whether a face of this class is called the other; the model calls none that it abstains on. */
  private static boolean isMisclassified(EvaluationReport report, ScoredFace face, boolean fake) {
    OperatingPoint point = report.model().operatingPoints().get(0);
    double probability = report.probability(face);
    boolean missed = fake ? probability < point.realBelow() : probability >= point.fakeAt();
    return face.fake() == fake && missed;
  }
}
