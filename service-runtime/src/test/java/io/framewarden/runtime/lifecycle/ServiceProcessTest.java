package io.framewarden.runtime.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceProcessTest {
  private final List<String> events = new ArrayList<>();

  @Test
  void aFailedServiceIsClosedAndGivesOne() throws InterruptedException {
    FakeService service = new FakeService("s", events);
    service.health = Health.failed("broke");
    assertEquals(1, ServiceProcess.run(service));
    assertEquals(List.of("start s", "close s"), events);
  }

  @Test
  void aServiceThatDoesNotStartIsClosedAndItsReasonThrown() {
    RuntimeException refusal = new IllegalStateException("no broker");
    FakeService service = new FakeService("s", events, refusal);
    assertSame(
        refusal, assertThrows(IllegalStateException.class, () -> ServiceProcess.run(service)));
    assertEquals(List.of("start s", "close s"), events);
  }

  @Test
  void aSignalClosesARunningServiceOnItsOwnThread() throws Exception {
    assertSignalCloses("run");
  }

  @Test
  void aSignalInterruptsAStartThatWaits() throws Exception {
    assertSignalCloses("wait");
  }

  private static void assertSignalCloses(String how) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SignalledProcess.class.getName(),
                how)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("started on main", out.readLine());
      child.toHandle().destroy(); // SIGTERM; Process.destroy would close the stream too
      assertEquals("closed on main", out.readLine());
      assertTrue(child.waitFor(30, TimeUnit.SECONDS), "the process did not end");
      assertEquals(143, child.exitValue());
    } finally {
      child.destroyForcibly();
    }
  }
}
