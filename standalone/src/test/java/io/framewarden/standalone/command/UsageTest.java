package io.framewarden.standalone.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "moderate",
        "serve",
        "verdicts",
        "decide",
        "dead-letters",
        "replay",
        "release",
        "token",
        "fetch"
      })
  void everyCommandHasHelp(String command) {
    CommandRun answer = CommandRun.of(FramewardenMain::run, command, "--help");
    assertEquals(0, answer.status(), answer.err());
    assertTrue(answer.out().contains("Usage: framewarden " + command), answer.out());
  }

  @Test
  void helpNamesTheOtherModulesCommandsToo() {
    String help = CommandRun.of(FramewardenMain::run, "--help").out();
    for (String command :
        List.of(
            "faces",
            "dataset",
            "train",
            "train-landmarks",
            "train-autoencoders",
            "evaluate",
            "export",
            "reproduce",
            "ablate",
            "bench",
            "bench-training",
            "bench-backbone",
            "bench-inference")) {
      assertTrue(help.contains("  " + command + " "), help);
    }
  }

  @Test
  void wrongUsageIsStatusTwoWithoutAStackTrace() {
    assertUsage(CommandRun.of(FramewardenMain::run), "--help");
    assertUsage(CommandRun.of(FramewardenMain::run, "moderate"), "FILE");
    assertUsage(
        CommandRun.of(FramewardenMain::run, "moderate", "--no-such-option", "x"),
        "--no-such-option");
  }

  @Test
  void aMissingModelIsNamed() {
    Path missing = folder.resolve("no-model");
    assertUsage(
        CommandRun.of(FramewardenMain::run, "moderate", "--model", missing.toString(), "x.mp4"),
        missing.toString());
  }

  @Test
  void anUnreachableBrokerIsNamedWithTheRemedy() {
    CommandRun answer =
        CommandRun.of(FramewardenMain::run, "verdicts", "--bootstrap-servers", "127.0.0.1:1");
    assertEquals(1, answer.status());
    assertTrue(answer.err().contains("127.0.0.1:1"), answer.err());
    assertTrue(answer.err().contains("framewarden serve"), answer.err());
  }

  @Test
  void aPortThatCannotBeListenedOnIsNamedBeforeAnythingIsStarted() throws Exception {
    assertUsage(CommandRun.of(FramewardenMain::run, "serve", "--port", "99999"), "--port 99999");
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertUsage(
          CommandRun.of(FramewardenMain::run, "serve", "--port", "0", "--kafka-port", port),
          "--kafka-port " + port);
    }
  }

  private static void assertUsage(CommandRun answer, String named) {
    assertEquals(2, answer.status(), answer.err());
    assertTrue(answer.err().contains(named), answer.err());
    assertFalse(answer.err().contains("\tat "), answer.err());
  }
}
