package io.framewarden.standalone.command.moderate;

import io.framewarden.runtime.command.TextTable;
import io.framewarden.standalone.command.verdicts.VerdictText;
import java.util.List;

/** The readable answer of {@code moderate}: one row an input. */
public final class ModerationTable {
  private ModerationTable() {}

  public static String render(List<ModerationResult> answers) {
    TextTable table =
        new TextTable("FILE", "VERDICT", "P(FAKE)", "FACES", "PEOPLE", "LENGTH", "WHY");
    for (ModerationResult answer : answers) {
      if (answer instanceof ModerationResult.Judged judged) {
        table.row(
            judged.file(),
            VerdictText.label(judged.verdict()),
            VerdictText.probability(judged.verdict()),
            VerdictText.faces(judged.verdict()),
            VerdictText.people(judged.verdict()),
            VerdictText.time(judged.verdict().getDurationUs()),
            VerdictText.why(judged.verdict()));
      } else if (answer instanceof ModerationResult.Refused refused) {
        table.row(
            refused.file(),
            "REFUSED",
            "-",
            "-",
            "-",
            "-",
            refused.reason() + ": " + refused.message());
      }
    }
    return table.render();
  }
}
