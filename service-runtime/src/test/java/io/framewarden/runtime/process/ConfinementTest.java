package io.framewarden.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ConfinementTest {
  @Test
  void aStoppedProcessDiesWithItsParentAndNotWithTheThreadThatStartedIt() throws Exception {
    assumeTrue(
        DyingParent.confinement().missing().stream().noneMatch(what -> what.contains("stopped")),
        "this machine has no setpriv that knows --pdeathsig");
    Process parent =
        new ProcessBuilder(JavaCommand.of(DyingParent.class, List.of("-Xmx64m"), List.of()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle child = null;
    try {
      String pid = parent.inputReader().readLine();
      assertNotNull(pid, "the parent ended");
      child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow(); // its starter has ended
      awaitState(child, 'S');
      assertEquals(0, new ProcessBuilder("kill", "-STOP", pid).inheritIO().start().waitFor());
      awaitState(child, 'T');
      parent.destroyForcibly().waitFor();
      child.onExit().get(30, TimeUnit.SECONDS);
    } finally {
      parent.destroyForcibly();
      if (child != null) {
        child.destroyForcibly();
      }
    }
  }

  /** Waits until {@code sleep} itself, not what it is wrapped in, is in a state. */
  private static void awaitState(ProcessHandle child, char state) throws Exception {
    String wanted = "(" + DyingParent.CHILD.get(0) + ") " + state + " ";
    Path stat = Path.of("/proc", Long.toString(child.pid()), "stat");
    while (!Files.readString(stat).contains(wanted)) {
      Thread.onSpinWait();
    }
  }
}
