package io.framewarden.standalone.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.runtime.command.TaskProgress;
import io.framewarden.standalone.command.moderate.ModerationResult;
import io.framewarden.standalone.command.moderate.ModerationText;
import io.framewarden.standalone.command.release.ReleaseText;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and reasons that would steer a terminal, in what commands print. */
class HostileNamesTest {
  /** Clears the screen, sets the title, colours, turns around, forges a line. */
  private static final String EVIL = "a\u001b[2J\u001b]0;x\u0007\u009b31m\u202e\nREAL";

  private static final String SEEN = "a\\u001b[2J\\u001b]0;x\\u0007\\u009b31m\\u202e\\u000aREAL";

  @TempDir Path folder;

  @Test
  void tablesShowThem() {
    Verdict verdict =
        Verdict.newBuilder()
            .setVideoId(EVIL)
            .setReason(EVIL)
            .setLabel(VerdictLabel.UNDECODABLE)
            .build();
    String table =
        ModerationText.table(
            List.of(
                new ModerationResult.Judged(EVIL, verdict),
                new ModerationResult.Refused(EVIL, FailureReason.PLAYLIST, EVIL)));
    assertHarmless(table);
    assertEquals(3, table.lines().count(), table);
    assertEquals(4, table.split(Pattern.quote(SEEN), -1).length - 1, table);
  }

  @Test
  void jsonHoldsThemEscapedAndMeansTheSame() throws Exception {
    String line =
        ModerationText.json(
            new ModerationResult.Judged(
                EVIL,
                Verdict.newBuilder().setReason(EVIL).setLabel(VerdictLabel.UNDECODABLE).build()));
    assertHarmless(line);
    JsonNode parsed = new ObjectMapper().readTree(line);
    assertEquals(EVIL, parsed.path("file").asText());
    assertEquals(EVIL, parsed.at("/verdict/reason").asText());
  }

  @Test
  void progressAndNewsShowThem() {
    StringWriter err = new StringWriter();
    try (TaskProgress progress = new TaskProgress.Lines("moderate", 2, new PrintWriter(err))) {
      progress.done(EVIL);
    }
    assertEquals("moderate: 1 of 2: " + SEEN + "\n", err.toString());
    String line = ReleaseText.line(ModelRelease.newBuilder().setModelName(EVIL).build());
    assertTrue(line.startsWith(SEEN + " "), line);
    assertHarmless(line + "\n");
  }

  private static void assertHarmless(String printed) {
    assertTrue(!printed.isEmpty());
    assertFalse(
        printed.replace("\n", "").matches("(?s).*[\\p{Cc}\\p{Cf}].*"),
        () -> "not harmless: " + printed);
  }
}
