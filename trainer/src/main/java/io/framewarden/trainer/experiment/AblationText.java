package io.framewarden.trainer.experiment;

import io.framewarden.trainer.experiment.AblationScores.Diagnostics;
import io.framewarden.trainer.experiment.AblationScores.GroupMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** An ablation's tables as Markdown. */
final class AblationText {
  private static final String DECIMALS = "%.3f";
  private static final String ABSENT = "absent";

  private final AblationTable table;
  private final StringBuilder text = new StringBuilder();

  AblationText(AblationTable table) {
    this.table = table;
  }

  String markdown() {
    text.append("# Ablations of DID, evaluated on kinds of forgery that training did not see\n\n");
    table.metadata().forEach((name, value) -> text.append("- %s: %s\n".formatted(name, value)));
    text.append('\n').append(status()).append("\n\n");
    metrics();
    text.append(
        """

        Mean ± sample standard deviation (n - 1) over the seeds of a row; no deviation with one
        seed. "Against DID" is the mean of the differences of the AUC on held-out kinds to DID's
        of the same seed. Each AUC is of these fakes against all real test faces. DID is the row
        with alpha 0.5. The blur baseline is a one-line measure of sharpness on the same faces.

        ## Diagnostics

        """);
    diagnostics();
    text.append(
        """

        Means over seeds. M_df is averaged over channels, on the test faces; its deviation is over
        the cells of a face, and over faces: near 0 or 1 without spread, the mask has collapsed.
        I_JSD is at most 0, and -1.386 where T has learnt nothing. I_JSD and the losses are means over
        training's last steps; rows have different terms in their total.
        """);
    return text.toString();
  }

  private String status() {
    int all = table.runs().size() + table.missing().size();
    return table.missing().isEmpty()
        ? "All %d runs are done.".formatted(all)
        : "**%d of %d runs are still missing**: %s."
            .formatted(table.missing().size(), all, String.join(", ", table.missing()));
  }

  private void metrics() {
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
    Optional<Spread> auc = table.metric(variant, AblationScores::heldOut, GroupMetrics::auc);
    cells.add(auc.map(spread -> Integer.toString(spread.runs())).orElse("0"));
    cells.add(format(auc));
    cells.add(format(table.metric(variant, AblationScores::heldOut, GroupMetrics::eer)));
    cells.add(
        variant.equals(table.reference())
            ? "—"
            : table.difference(variant).map(d -> d.text("%+.3f")).orElse(ABSENT));
    cells.add(format(table.metric(variant, AblationScores::seen, GroupMetrics::auc)));
    for (String domain : table.tested().heldOut()) {
      cells.add(format(table.metric(variant, run -> run.domains().get(domain), GroupMetrics::auc)));
    }
    line(cells);
  }

  /** All runs were evaluated on the same faces, so that any of them has the blur baseline. */
  private void blur() {
    if (table.runs().isEmpty()) {
      return;
    }
    AblationScores any = table.runs().get(0);
    List<String> cells = new ArrayList<>(List.of("blur baseline", "—"));
    cells.add(number(any.heldOut(), GroupMetrics::blurAuc));
    cells.add(number(any.heldOut(), GroupMetrics::blurEer));
    cells.add("—");
    cells.add(number(any.seen(), GroupMetrics::blurAuc));
    for (String domain : table.tested().heldOut()) {
      cells.add(number(any.domains().get(domain), GroupMetrics::blurAuc));
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
                        mean(variant, Diagnostics::maskMean, DECIMALS),
                        mean(variant, Diagnostics::maskOverCells, DECIMALS),
                        mean(variant, Diagnostics::maskOverFaces, DECIMALS),
                        mean(variant, Diagnostics::jsd, DECIMALS),
                        mean(variant, Diagnostics::total, DECIMALS),
                        mean(variant, Diagnostics::bce, DECIMALS),
                        mean(variant, Diagnostics::seconds, "%.0f"))));
  }

  private String mean(String variant, Function<Diagnostics, Double> diagnostic, String format) {
    return table
        .diagnostic(variant, diagnostic)
        .map(spread -> String.format(Locale.ROOT, format, spread.mean()))
        .orElse(ABSENT);
  }

  private static String format(Optional<Spread> spread) {
    return spread.map(value -> value.text(DECIMALS)).orElse(ABSENT);
  }

  private static String number(GroupMetrics metrics, Function<GroupMetrics, Double> metric) {
    return metrics == null ? ABSENT : String.format(Locale.ROOT, DECIMALS, metric.apply(metrics));
  }

  private void header(List<String> columns) {
    line(columns);
    text.append("|---".repeat(columns.size())).append("|\n");
  }

  private void line(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
