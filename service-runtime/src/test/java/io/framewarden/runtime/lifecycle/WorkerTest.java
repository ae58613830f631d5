package io.framewarden.runtime.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerTest {
  private final AtomicInteger overs = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);

  @Test
  void repeatsUntilItIsClosed() throws InterruptedException {
    CountDownLatch steps = new CountDownLatch(100);
    Worker worker = worker(steps::countDown, () -> {});
    assertFalse(worker.health().isReady());
    worker.start();
    steps.await();
    assertTrue(worker.health().isReady());
    worker.close();
    worker.close();
    assertEquals(1, overs.get());
    assertEquals(Health.starting("closed"), worker.health());
  }

  @Test
  void closingWakesAWaitingStep() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    Worker worker =
        worker(
            () -> {
              waiting.countDown();
              woken.await();
              throw new IllegalStateException("woken up");
            },
            woken::countDown);
    worker.start();
    waiting.await();
    worker.close();
    assertFalse(worker.health().isFailed(), "being woken up is no failure");
    assertEquals(1, overs.get());
  }

  @Test
  void aFailureIsFatalAndNamed() throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    Worker worker =
        worker(
            () -> {
              steps.incrementAndGet();
              throw new NoSuchFieldError("native");
            },
            () -> {});
    worker.start();
    over.await();
    assertEquals(Health.failed("java.lang.NoSuchFieldError: native"), worker.health());
    worker.close();
    assertTrue(worker.health().isFailed(), "a failure stays after closing");
    assertEquals(1, steps.get());
    assertEquals(1, overs.get());
  }

  @Test
  void aStepMayCloseItsOwnWorker() throws InterruptedException {
    AtomicReference<Worker> self = new AtomicReference<>();
    AtomicInteger steps = new AtomicInteger();
    Worker worker =
        worker(
            () -> {
              steps.incrementAndGet();
              self.get().close();
            },
            () -> {});
    self.set(worker);
    worker.start();
    over.await();
    worker.close();
    assertEquals(1, steps.get());
    assertEquals(1, overs.get());
  }

  @Test
  void aWorkerThatNeverStartedStillGivesBackWhatItWouldHaveUsed() {
    Worker worker = worker(() -> {}, () -> {});
    worker.close();
    worker.close();
    assertEquals(1, overs.get());
    assertThrows(IllegalStateException.class, worker::start);
  }

  @Test
  void closingKeepsTheCallersInterrupt() throws InterruptedException {
    CountDownLatch steps = new CountDownLatch(1);
    Worker worker = worker(steps::countDown, () -> {});
    worker.start();
    steps.await();
    Thread.currentThread().interrupt();
    worker.close();
    assertTrue(Thread.interrupted());
    assertEquals(1, overs.get());
  }

  private Worker worker(Worker.Step step, Runnable wakeUp) {
    return new Worker(
        "worker",
        step,
        wakeUp,
        () -> {
          overs.incrementAndGet();
          over.countDown();
        });
  }
}
