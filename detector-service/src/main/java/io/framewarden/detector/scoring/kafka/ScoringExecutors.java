package io.framewarden.detector.scoring.kafka;

import io.framewarden.runtime.lifecycle.Threads;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two threads of a {@link ScoringPipeline}. Closing waits for what they are doing. */
final class ScoringExecutors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringExecutors.class);

  /** Longer than any batch: the model is closed only after the engine has answered. */
  private static final long CLOSE_TIMEOUT_SECONDS = 60;

  private final ExecutorService engineExecutor = Threads.daemonPool("scorer-engine", 1);
  private final ExecutorService codecExecutor = Threads.daemonPool("scorer-codec", 1);

  /** Runs the engine: one thread, so that batches keep their order. */
  Executor engineExecutor() {
    return engineExecutor;
  }

  /** Decodes records and makes scores; one thread for the same reason. */
  Executor codecExecutor() {
    return codecExecutor;
  }

  @Override
  public void close() {
    // What waits is discarded: the next run reads it again.
    codecExecutor.shutdownNow();
    engineExecutor.shutdownNow();
    try {
      if (!engineExecutor.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the engine is still busy after {} s", CLOSE_TIMEOUT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
