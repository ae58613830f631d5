package io.framewarden.detector.engine.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.process.ChildJvm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whatever a probe does, it is an answer; real processes, each odd in its own way. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
@Tag("slow")
class EngineProbeTest {

  @Test
  void anEngineThatWorksHasNoProblem() {
    assertEquals(Optional.empty(), problem("answer", new ProbeResult(true, "engine").toLine()));
  }

  @Test
  void anEngineThatDoesNotWorkSaysWhyOnOneLine() {
    String line = new ProbeResult(false, "golden face 3\n  differs\tby 0.5").toLine();

    assertEquals(Optional.of("golden face 3 differs by 0.5"), problem("answer", line));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProbeThatDiesBySignalIsAProblem() {
    String abort = problem("abort").orElseThrow();
    assertTrue(abort.startsWith("the probe died with status 134 (SIGABRT): terminate"), abort);

    String killed = problem("killed").orElseThrow();
    assertTrue(killed.startsWith("the probe died with status 137 (SIGKILL)"), killed);
  }

  @Test
  void aProbeThatHangsIsAProblem() {
    EngineProbe hasty = new EngineProbe(new ChildJvm(OddProbe.class, Duration.ofSeconds(1)));

    assertEquals(
        Optional.of("the probe gave no answer in 1 s"),
        hasty.findProblem(List.of("hang"), () -> false));
  }

  @Test
  void aProbeThatPrintsGarbageIsAProblem() {
    assertEquals(Optional.of("the probe ended with status 0 without a result"), problem("garbage"));
  }

  @Test
  void aProbeThatFailsIsAProblemWhateverItSaid() {
    assertEquals(
        Optional.of("the probe ended with status 7: first line | CUDA error 35"), problem("fail"));
  }

  @Test
  void answersAreFoundAmongOtherLines() {
    String line = new ProbeResult(true, "x").toLine();

    assertTrue(ProbeResult.findIn(List.of("[TRT] noise", "{", line, "")).orElseThrow().works());
    assertFalse(ProbeResult.findIn(List.of("{\"works\":true}", "1", "null")).isPresent());
  }

  private static Optional<String> problem(String... arguments) {
    return new EngineProbe(new ChildJvm(OddProbe.class, Duration.ofSeconds(30)))
        .findProblem(List.of(arguments), () -> false);
  }
}
