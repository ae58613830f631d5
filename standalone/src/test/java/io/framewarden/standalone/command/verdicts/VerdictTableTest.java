package io.framewarden.standalone.command.verdicts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.Timings;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoUpload;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTableTest {
  private static final long MINUTE_US = 60_000_000;
  private final VerdictTable table = new VerdictTable();

  @Test
  void rowsAreInTheOrderOfTheirTimesWithFileAndSubmitter() {
    table.uploaded("a", upload("holiday.mp4", "alice"));
    List<String> lines =
        table
            .render(List.of(verdict("b", 2 * MINUTE_US), verdict("a", MINUTE_US)))
            .lines()
            .toList();
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith("TIME"), lines.get(0));
    assertTrue(
        lines.get(1).matches("1970-01-01T00:01:00Z +a +holiday.mp4 +alice +FINAL +REAL .*"),
        lines.get(1));
    assertTrue(lines.get(1).contains("human review"), lines.get(1));
    assertTrue(lines.get(2).matches("1970-01-01T00:02:00Z +b +- +- .*"), lines.get(2));
    for (String heading : List.of("FILE", "SUBMITTER", "VERDICT", "AUTOMATION")) {
      int column = lines.get(0).indexOf(heading);
      assertTrue(lines.stream().allMatch(line -> line.charAt(column - 1) == ' '), heading);
    }
  }

  @Test
  void linesThatComeOneByOneHaveTheSameColumns() {
    table.uploaded("a", upload("x".repeat(300) + ".mp4", "alice"));
    String line = table.line(verdict("a", MINUTE_US));
    for (String heading : List.of("VIDEO", "FILE", "SUBMITTER", "STATUS", "VERDICT", "P(FAKE)")) {
      int column = table.headings().indexOf(heading);
      assertEquals(' ', line.charAt(column - 1), line);
      assertFalse(Character.isWhitespace(line.charAt(column)), line);
    }
    assertTrue(line.contains("xxx.mp4 "), "a long name keeps its ending: " + line);
  }

  @Test
  void whatANameSaysSteersNoTerminal() {
    table.uploaded("a", upload("a\u001b[2J\nREAL", "\u202e"));
    assertFalse(table.line(verdict("a", 1)).matches("(?s).*[\\p{Cc}\\p{Cf}].*"));
    table.uploaded("a", null);
    assertFalse(table.line(verdict("a", 1)).contains("[2J"), "it was deleted");
  }

  @Test
  void externalIdsHaveAColumnWhereThereAreAny() {
    Verdict own = verdict("a", 1).toBuilder().setReference(reference("order-17")).build();
    assertFalse(table.render(List.of(verdict("b", 1))).contains("EXTERNAL ID"));
    assertFalse(table.headings().contains("EXTERNAL ID"));
    List<String> lines = table.render(List.of(own, verdict("b", 2))).lines().toList();
    assertTrue(lines.get(0).matches("TIME .* SUBMITTER +EXTERNAL ID +STATUS .*"), lines.get(0));
    assertTrue(lines.get(1).matches(".* a +- +- +order-17 +FINAL .*"), lines.get(1));
    assertTrue(lines.get(2).matches(".* b +- +- +- +FINAL .*"), lines.get(2));

    table.uploaded("c", upload("c.mp4", "x").toBuilder().setReference(reference("o-3")).build());
    int column = table.headings().indexOf("EXTERNAL ID");
    assertTrue(table.line(verdict("c", 3)).startsWith("o-3 ", column), "from its upload");
    assertTrue(table.line(own).startsWith("order-17 ", column));
  }

  private static CallerReference reference(String externalId) {
    return CallerReference.newBuilder().setExternalId(externalId).build();
  }

  private static VideoUpload upload(String file, String submitter) {
    return VideoUpload.newBuilder().setFileName(file).setSubmitter(submitter).build();
  }

  private static Verdict verdict(String id, long decidedUs) {
    return Verdict.newBuilder()
        .setVideoId(id)
        .setStatus(VerdictStatus.FINAL)
        .setLabel(VerdictLabel.REAL)
        .setAutomation(AutomationLevel.HUMAN_REVIEW)
        .setTimings(Timings.newBuilder().setDecidedUs(decidedUs))
        .build();
  }
}
