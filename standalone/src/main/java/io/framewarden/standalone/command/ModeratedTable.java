package io.framewarden.standalone.command;

import java.util.List;

/** The readable answer of {@code moderate}: one row an input. */
final class ModeratedTable {
  private ModeratedTable() {}

  static String render(List<Moderated> answers) {
    TextTable table =
        new TextTable("FILE", "VERDICT", "P(FAKE)", "FACES", "PEOPLE", "LENGTH", "WHY");
    for (Moderated answer : answers) {
      if (answer instanceof Moderated.Judged judged) {
        table.row(
            judged.file(),
            VerdictText.label(judged.verdict()),
            VerdictText.probability(judged.verdict()),
            VerdictText.faces(judged.verdict()),
            VerdictText.people(judged.verdict()),
            VerdictText.time(judged.verdict().getDurationUs()),
            VerdictText.why(judged.verdict()));
      } else if (answer instanceof Moderated.Refused refused) {
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
