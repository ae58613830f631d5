package io.framewarden.trainer.experiment;

import io.framewarden.trainer.experiment.AblationScores.Diagnostics;
import io.framewarden.trainer.experiment.AblationScores.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** An ablation's tables as Markdown. */
final class AblationText {
  private static final String FIGURE = "%.3f";
  private static final String ABSENT = "absent";

  private final AblationTable table;
  private final StringBuilder text = new StringBuilder();

  AblationText(AblationTable table) {
    this.table = table;
  }

  String markdown() {
    text.append("# Ablations of DID, judged on kinds of forgery that training did not see\n\n");
    table.facts().forEach((name, fact) -> text.append("- %s: %s\n".formatted(name, fact)));
    text.append('\n').append(standing()).append("\n\n");
    figures();
    text.append(
        """

        Mean ± sample standard deviation (n - 1) over the seeds of a row; no deviation with one
        seed. "Against DID" is the mean of the differences of the AUC on held-out kinds to DID's
        of the same seed. Each AUC is of these fakes against all real test faces. DID is the row
        with alpha 0.5. The blur baseline is a one-line measure of sharpness on the same faces.

        ## What may tell why

        """);
    diagnostics();
    text.append(
        """

        Means over seeds. M_df is averaged over channels, on the test faces; its deviation is over
        the cells of a face, and over faces: near 0 or 1 without spread, the mask has collapsed.
        I_JSD is at most 0, and -1.386 where T tells nothing. I_JSD and the losses are means over
        training's last steps; rows have different terms in their total.
        """);
    return text.toString();
  }

  private String standing() {
    int all = table.runs().size() + table.missing().size();
    return table.missing().isEmpty()
        ? "All %d runs are done.".formatted(all)
        : "**%d of %d runs are still missing**: %s."
            .formatted(table.missing().size(), all, String.join(", ", table.missing()));
  }

  private void figures() {
    List<String> columns =
        new ArrayList<>(
            List.of("", "seeds", "AUC held out", "EER held out", "against DID", "AUC seen"));
    table.tested().heldOut().forEach(domain -> columns.add("AUC " + domain));
    header(columns);
    table.rows().forEach(this::row);
    blur();
  }

  private void row(String variant, String name) {
    List<String> cells = new ArrayList<>(List.of(name));
    Optional<Spread> auc = table.reached(variant, AblationScores::heldOut, Reached::auc);
    cells.add(auc.map(spread -> Integer.toString(spread.runs())).orElse("0"));
    cells.add(shown(auc));
    cells.add(shown(table.reached(variant, AblationScores::heldOut, Reached::eer)));
    cells.add(
        variant.equals(table.reference())
            ? "—"
            : table.difference(variant).map(d -> d.shown("%+.3f")).orElse(ABSENT));
    cells.add(shown(table.reached(variant, AblationScores::seen, Reached::auc)));
    for (String domain : table.tested().heldOut()) {
      cells.add(shown(table.reached(variant, run -> run.domains().get(domain), Reached::auc)));
    }
    line(cells);
  }

  /** All runs were judged on the same faces, so that any of them knows what blur reaches. */
  private void blur() {
    if (table.runs().isEmpty()) {
      return;
    }
    AblationScores any = table.runs().get(0);
    List<String> cells = new ArrayList<>(List.of("blur baseline", "—"));
    cells.add(number(any.heldOut(), Reached::blurAuc));
    cells.add(number(any.heldOut(), Reached::blurEer));
    cells.add("—");
    cells.add(number(any.seen(), Reached::blurAuc));
    for (String domain : table.tested().heldOut()) {
      cells.add(number(any.domains().get(domain), Reached::blurAuc));
    }
    line(cells);
  }

  private void diagnostics() {
    header(
        List.of(
            "",
            "M_df mean",
            "over cells",
            "over faces",
            "I_JSD",
            "total loss",
            "BCE",
            "training seconds"));
    table
        .rows()
        .forEach(
            (variant, name) ->
                line(
                    List.of(
                        name,
                        mean(variant, Diagnostics::maskMean, FIGURE),
                        mean(variant, Diagnostics::maskOverCells, FIGURE),
                        mean(variant, Diagnostics::maskOverFaces, FIGURE),
                        mean(variant, Diagnostics::jsd, FIGURE),
                        mean(variant, Diagnostics::total, FIGURE),
                        mean(variant, Diagnostics::bce, FIGURE),
                        mean(variant, Diagnostics::seconds, "%.0f"))));
  }

  private String mean(String variant, Function<Diagnostics, Double> diagnostic, String format) {
    return table
        .diagnostic(variant, diagnostic)
        .map(spread -> String.format(Locale.ROOT, format, spread.mean()))
        .orElse(ABSENT);
  }

  private static String shown(Optional<Spread> spread) {
    return spread.map(value -> value.shown(FIGURE)).orElse(ABSENT);
  }

  private static String number(Reached reached, Function<Reached, Double> figure) {
    return reached == null ? ABSENT : String.format(Locale.ROOT, FIGURE, figure.apply(reached));
  }

  private void header(List<String> columns) {
    line(columns);
    text.append("|---".repeat(columns.size())).append("|\n");
  }

  private void line(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
