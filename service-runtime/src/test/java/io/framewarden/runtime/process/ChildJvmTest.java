package io.framewarden.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
@Tag("slow")
class ChildJvmTest {
  private final ChildJvm patient = new ChildJvm(OddChild.class, Duration.ofSeconds(30));

  @Test
  void readsTheAnswer() throws Exception {
    ProcessOutcome outcome = patient.run(List.of("answer", "forty two"), () -> false);

    assertTrue(outcome.isClean(), outcome::describe);
    assertTrue(outcome.output().contains("forty two"));
  }

  @Test
  void tellsTheStatusAndTheLastErrors() throws Exception {
    ProcessOutcome outcome = patient.run(List.of("fail"), () -> false);

    assertEquals("ended with status 7: first line | CUDA error 35", outcome.describe());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tellsTheSignalThatEndedIt() throws Exception {
    ProcessOutcome outcome = patient.run(List.of("abort"), () -> false);

    assertFalse(outcome.isClean());
    assertTrue(
        outcome.describe().startsWith("died with status 134 (SIGABRT): terminate called"),
        outcome.describe());
  }

  @Test
  void killsAChildThatDoesNotAnswer() throws Exception {
    ProcessOutcome outcome =
        new ChildJvm(OddChild.class, Duration.ofSeconds(1)).run(List.of("hang"), () -> false);

    assertFalse(outcome.isClean());
    assertEquals("gave no answer in 1 s", outcome.describe());
  }

  @Test
  void killsAChildThatNobodyWaitsForAnyMore() throws Exception {
    ProcessOutcome outcome = patient.run(List.of("hang"), () -> true);

    assertEquals("was cancelled", outcome.describe());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aChildEndsWithItsParent(@TempDir Path folder) throws Exception {
    Path pidFile = folder.resolve("pid");
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OddChild.class.getName(),
                "parent",
                pidFile.toString())
            .start();
    try {
      while (!Files.exists(pidFile) && parent.isAlive()) {
        Thread.onSpinWait();
      }
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
      assertTrue(child.isAlive());

      parent.destroyForcibly().waitFor();

      child.onExit().get(30, TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
    }
  }
}
