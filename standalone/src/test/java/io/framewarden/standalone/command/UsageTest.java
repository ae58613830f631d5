package io.framewarden.standalone.command;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "moderate",
        "serve",
        "verdicts",
        "dead-letters",
        "replay",
        "faces",
        "dataset",
        "release",
        "token",
        "bench"
      })
  void everyCommandHasHelp(String command) {
    Answer answer = Answer.of(command, "--help");
    assertEquals(0, answer.status(), answer.err());
    assertTrue(answer.out().contains("Usage: framewarden " + command), answer.out());
  }

  @Test
  void helpNamesTheTrainersCommandsToo() {
    String help = Answer.of("--help").out();
    for (String command :
        List.of(
            "train",
            "evaluate",
            "export",
            "reproduce",
            "ablate",
            "bench-training",
            "bench-backbone",
            "bench-inference")) {
      assertTrue(help.contains("  " + command + " "), help);
    }
  }

  @Test
  void wrongUsageIsStatusTwoWithoutAStackTrace() {
    assertUsage(Answer.of(), "--help");
    assertUsage(Answer.of("moderate"), "FILE");
    assertUsage(Answer.of("moderate", "--no-such-option", "x"), "--no-such-option");
  }

  @Test
  void aMissingModelIsNamed() {
    Path missing = folder.resolve("no-model");
    assertUsage(Answer.of("moderate", "--model", missing.toString(), "x.mp4"), missing.toString());
  }

  @Test
  void anUnreachableBrokerIsNamedWithTheRemedy() {
    Answer answer = Answer.of("verdicts", "--bootstrap-servers", "127.0.0.1:1");
    assertEquals(1, answer.status());
    assertTrue(answer.err().contains("127.0.0.1:1"), answer.err());
    assertTrue(answer.err().contains("framewarden serve"), answer.err());
  }

  @Test
  void aPortThatCannotBeListenedOnIsNamedBeforeAnythingIsStarted() throws Exception {
    assertUsage(Answer.of("serve", "--port", "99999"), "--port 99999");
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertUsage(Answer.of("serve", "--port", "0", "--kafka-port", port), "--kafka-port " + port);
    }
  }

  @Test
  void filesThatAreNotThereAreNamed() {
    String missing = folder.resolve("no-videos").toString();
    assertUsage(Answer.of("faces", missing, "--out", folder + "/f.fwa"), missing);
    assertUsage(Answer.of("faces", folder.toString(), "--out", missing + "/f.fwa"), missing);
  }

  private static void assertUsage(Answer answer, String named) {
    assertEquals(2, answer.status(), answer.err());
    assertTrue(answer.err().contains(named), answer.err());
    assertFalse(answer.err().contains("\tat "), answer.err());
  }
}
