package io.framewarden.detector.scoring.kafka;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two threads of a {@link ScoringPipeline}. Closing waits for what they are doing. */
final class ScoringExecutors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringExecutors.class);

  /** Longer than any batch: the model must not be closed under the engine. */
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService engine = one("scorer-engine");
  private final ExecutorService beside = one("scorer-batches");

  private static ExecutorService one(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  Executor engine() {
    return engine;
  }

  Executor beside() {
    return beside;
  }

  @Override
  public void close() {
    // What waits is forgotten: the next run reads it again.
    beside.shutdownNow();
    engine.shutdownNow();
    try {
      if (!engine.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the engine is still busy after {} s", PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
