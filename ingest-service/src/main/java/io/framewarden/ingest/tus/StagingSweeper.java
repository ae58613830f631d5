package io.framewarden.ingest.tus;

import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps the unfinished uploads now and then, and once as soon as the earlier videos are known: an
 * upload that was handed in right before a crash must not be handed in again.
 */
public final class StagingSweeper implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(StagingSweeper.class);
  private static final Duration READY_POLL_INTERVAL = Duration.ofMillis(200);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  /** Looks at what was left and may have to go. */
  @FunctionalInterface
  public interface Sweep {
    void run() throws IOException;
  }

  private final Sweep sweep;
  private final Duration interval;
  private final BooleanSupplier ready;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "staging-sweeper"));

  /**
   * @param ready whether the earlier videos are known
   */
  public StagingSweeper(Sweep sweep, Duration interval, BooleanSupplier ready) {
    this.sweep = sweep;
    this.interval = interval;
    this.ready = ready;
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public String name() {
    return "staging sweeper";
  }

  @Override
  public void start() {
    timer.execute(this::sweepAndReschedule);
  }

  @Override
  public Health health() {
    return Health.ready();
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("an upload is still being handed in after {}", CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a sweep lets no exception out
  private void sweepAndReschedule() {
    boolean now = ready.getAsBoolean();
    if (now) {
      sweep();
    }
    try {
      timer.schedule(
          this::sweepAndReschedule,
          (now ? interval : READY_POLL_INTERVAL).toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed", e);
    }
  }

  private void sweep() {
    try {
      sweep.run();
    } catch (IOException | RuntimeException e) {
      // The next sweep may succeed; an exception that leaves would end them all.
      LOG.warn("unfinished uploads could not be swept", e);
    }
  }
}
