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
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration CLOSING = Duration.ofSeconds(30);

  /** Looks at what was left and may have to go. */
  @FunctionalInterface
  public interface Sweep {
    void run() throws IOException;
  }

  private final Sweep sweep;
  private final Duration every;
  private final BooleanSupplier ready;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "staging-sweeper"));

  /**
   * @param ready whether the earlier videos are known
   */
  public StagingSweeper(Sweep sweep, Duration every, BooleanSupplier ready) {
    this.sweep = sweep;
    this.every = every;
    this.ready = ready;
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public String name() {
    return "staging sweeper";
  }

  @Override
  public void start() {
    timer.execute(this::sweepAndGoOn);
  }

  @Override
  public Health health() {
    return Health.ready();
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("an upload is still being handed in after {}", CLOSING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a sweep lets no exception out
  private void sweepAndGoOn() {
    boolean now = ready.getAsBoolean();
    if (now) {
      sweep();
    }
    try {
      timer.schedule(this::sweepAndGoOn, (now ? every : SOON).toMillis(), TimeUnit.MILLISECONDS);
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
