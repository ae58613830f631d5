package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What counts as a decoder's time, and what does not. */
class DecodeDeadlineTest {
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(100);

  private final SandboxConfig config =
      SandboxConfig.from(
          new Settings(Map.of(SandboxConfig.DEADLINE, "10s", SandboxConfig.STALL, "5s")));

  /** What the child has used, and how much of each second it uses. */
  private long usedNanos = TimeUnit.HOURS.toNanos(1);

  private double working = 1;

  @Test
  void aChildThatHasItsProcessorIsLateAfterTheDeadline() {
    DecodeDeadline deadline = deadline(() -> 0);
    assertEquals(Optional.empty(), after(deadline, 9, true));
    assertEquals(ExitCause.DEADLINE, after(deadline, 2, true).orElseThrow());
  }

  @Test
  void waitingForAProcessorIsNoTimeOfTheChilds() {
    working = 0.1;
    DecodeDeadline deadline = deadline(() -> TimeUnit.MILLISECONDS.toNanos(900));
    assertEquals(Optional.empty(), after(deadline, 90, true));
    assertEquals(ExitCause.DEADLINE, after(deadline, 20, true).orElseThrow());
  }

  @Test
  void aStallIsJudgedAlike() {
    assertEquals(ExitCause.STALLED, after(deadline(() -> 0), 6, false).orElseThrow());
    working = 0.1;
    DecodeDeadline waiting = deadline(() -> TimeUnit.MILLISECONDS.toNanos(900));
    assertEquals(Optional.empty(), after(waiting, 45, false));
    assertEquals(ExitCause.STALLED, after(waiting, 10, false).orElseThrow());
  }

  @Test
  void theClockHasABoundFarOffThatSaysNothingOfTheVideo() {
    DecodeDeadline deadline = deadline(() -> TimeUnit.SECONDS.toNanos(5));
    assertEquals(Optional.empty(), after(deadline, 199, true));
    assertEquals(ExitCause.STARVED, after(deadline, 2, true).orElseThrow());
  }

  @Test
  void aChildThatIsKeptFromWorkingIsNotToBlame() {
    working = 0.4; // it waits for a disk, say
    DecodeDeadline deadline = deadline(() -> 0);
    assertEquals(Optional.empty(), after(deadline, 9, true));
    assertEquals(ExitCause.STARVED, after(deadline, 2, true).orElseThrow());
    assertEquals(ExitCause.IDLE, after(deadline(() -> 0), 6, false).orElseThrow());
  }

  @Test
  void workBeforeAStallDoesNotCount() {
    DecodeDeadline deadline = deadline(() -> 0);
    assertEquals(Optional.empty(), after(deadline, 4, true));
    working = 0;
    assertEquals(ExitCause.IDLE, after(deadline, 6, false).orElseThrow());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linuxTellsHowLongAProcessWaits() throws Exception {
    // Eight that are always busy on one processor: each waits most of the time.
    Process busy =
        new ProcessBuilder(
                "taskset",
                "-c",
                "0",
                "sh",
                "-c",
                "for i in 1 2 3 4 5 6 7; do while :; do :; done & done; while :; do :; done")
            .start();
    Process idle = new ProcessBuilder("sleep", "60").start();
    try {
      ProcessorWait ofBusy = ProcessorWait.of(busy.pid());
      ProcessorWait ofIdle = ProcessorWait.of(idle.pid());
      long began = System.nanoTime();
      long busyWaited = 0;
      while (busyWaited < TimeUnit.SECONDS.toNanos(1)) {
        assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(30), busyWaited + " ns");
        assertTrue(!busy.waitFor(50, TimeUnit.MILLISECONDS), "it ended");
        busyWaited += ofBusy.getAsLong();
      }
      assertTrue(busyWaited <= System.nanoTime() - began, "no more than has passed");
      assertTrue(ofIdle.getAsLong() < busyWaited / 4, "one that sleeps waits for no processor");
    } finally {
      busy.descendants().forEach(ProcessHandle::destroyForcibly);
      busy.destroyForcibly();
      idle.destroyForcibly();
    }
  }

  private DecodeDeadline deadline(LongSupplier processorWait) {
    return new DecodeDeadline(config, processorWait, () -> Duration.ofNanos(usedNanos));
  }

  /** Goes on for so many seconds; what was missed first. */
  private Optional<ExitCause> after(DecodeDeadline deadline, int seconds, boolean progress) {
    for (int i = 0; i < 10 * seconds; i++) {
      usedNanos += (long) (working * STEP);
      deadline.elapsed(STEP);
      if (progress) {
        deadline.progressed();
      }
      Optional<DecoderException> missed = deadline.missed();
      if (missed.isPresent()) {
        return missed.map(DecoderException::exitCause);
      }
    }
    return Optional.empty();
  }
}
