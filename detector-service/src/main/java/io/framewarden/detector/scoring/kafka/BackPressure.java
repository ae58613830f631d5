package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.Batcher;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Pauses partitions while enough records wait for the engine, so that memory is bounded whatever
 * the lag. For the consumer's thread; owns nothing.
 */
final class BackPressure {
  /** Batches that wait before partitions are paused. */
  static final int MAX_WAITING_BATCHES = 3;

  private final Consumer<?, ?> consumer;
  private final Batcher<?> batcher;
  private final double maxRecords;
  private final double maxBytes;

  BackPressure(Consumer<?, ?> consumer, Batcher<?> batcher, int batchSize, long maxBatchBytes) {
    this.consumer = consumer;
    this.batcher = batcher;
    this.maxRecords = (double) MAX_WAITING_BATCHES * batchSize;
    this.maxBytes = (double) MAX_WAITING_BATCHES * maxBatchBytes;
  }

  /** Pauses all partitions when enough records wait, and resumes them once half of that is gone. */
  void apply() {
    boolean paused = !consumer.paused().isEmpty();
    double fill = Math.max(batcher.size() / maxRecords, batcher.weight() / maxBytes);
    if (fill >= (paused ? 0.5 : 1)) {
      consumer.pause(consumer.assignment());
    } else if (paused) {
      consumer.resume(consumer.paused());
    }
  }
}
