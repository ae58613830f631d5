package io.framewarden.trainer.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.CommandRun;
import io.framewarden.trainer.dataset.DrawnArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentMainTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"reproduce", "ablate"})
  void everyCommandExplainsItself(String command) {
    CommandRun help = CommandRun.of(ExperimentMain::run, command, "--help");
    assertEquals(0, help.status());
    assertTrue(help.out().contains("Usage: framewarden " + command), help.out());
  }

  @Test
  void reproducingSaysWhichDataSetsItNeeds() throws IOException {
    refused(
        "--data celebdf=ARCHIVE",
        "reproduce",
        "table1",
        "--data",
        "ffpp=" + archive(3),
        "--out",
        path("reproduced"));
    refused(
        "needs dffd, celebdf",
        "reproduce",
        "table3",
        "--data",
        "ffpp=" + archive(3),
        "--out",
        path("reproduced"));
    refused("NAME=ARCHIVE", "reproduce", "fig4", "--data", "ffpp", "--out", path("reproduced"));
  }

  @Test
  void ablatingNeedsAKindToEvaluateOnAndOneToTrainOn() throws IOException {
    String[] ablate = {"ablate", archive(40), "--out", path("sweep")};
    refused("no kind of forgery is held out", ablate);
    String held = "self-blend,swap,decoder,mouth,splice";
    refused("left without any fake", with(with(ablate, "--hold-out-domain"), held));
    assertFalse(Files.exists(folder.resolve("sweep")));
  }

  @Test
  void ablatingSetsItsRowsItself() throws IOException {
    String[] ablate = {
      "ablate", archive(40), "--out", path("sweep"), "--hold-out-domain", "splice"
    };
    refused("--plain: the rows", with(ablate, "--plain"));
    refused("--seed: the rows", with(with(ablate, "--seed"), "2"));
    refused("there is no did-alpha9 here", with(with(ablate, "--variants"), "did,did-alpha9"));
    refused("not negative", with(with(ablate, "--seeds"), "-1"));
  }

  private static String[] with(String[] arguments, String last) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  private void refused(String message, String... arguments) {
    CommandRun run = CommandRun.of(ExperimentMain::run, arguments);
    assertEquals(2, run.status(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertEquals("", run.out(), List.of(arguments).toString());
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String archive(int people) throws IOException {
    return new DrawnArchive().reals(people).write(folder.resolve("faces.fwa")).toString();
  }
}
