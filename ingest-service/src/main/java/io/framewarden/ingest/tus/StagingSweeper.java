package io.framewarden.ingest.tus;

import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps the unfinished uploads now and then, and once at the start. */
public final class StagingSweeper implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(StagingSweeper.class);
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final ResumableUploads uploads;
  private final Duration every;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "staging-sweeper"));

  public StagingSweeper(ResumableUploads uploads, Duration every) {
    this.uploads = uploads;
    this.every = every;
  }

  @Override
  public String name() {
    return "staging sweeper";
  }

  @Override
  public void start() {
    timer.scheduleWithFixedDelay(this::sweep, 0, every.toMillis(), TimeUnit.MILLISECONDS);
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

  private void sweep() {
    try {
      uploads.sweep();
    } catch (IOException | RuntimeException e) {
      // The next sweep may succeed; an exception that leaves would end them all.
      LOG.warn("unfinished uploads could not be swept", e);
    }
  }
}
