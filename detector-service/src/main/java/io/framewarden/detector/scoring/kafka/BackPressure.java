package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.Batcher;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Pauses partitions while enough records wait for the engine, so that what is held is bounded
 * whatever the lag. For the consumer's thread; owns nothing.
 */
final class BackPressure {
  /** Batches that wait before partitions are paused. */
  static final int MOST_WAITING = 3;

  private final Consumer<?, ?> consumer;
  private final Batcher<?> batcher;
  private final double mostRecords;
  private final double mostBytes;

  BackPressure(Consumer<?, ?> consumer, Batcher<?> batcher, int batchSize, long heaviestBatch) {
    this.consumer = consumer;
    this.batcher = batcher;
    this.mostRecords = (double) MOST_WAITING * batchSize;
    this.mostBytes = (double) MOST_WAITING * heaviestBatch;
  }

  /** Pauses what is assigned while enough waits, and goes on when half of that is gone. */
  void holdBackOrGoOn() {
    boolean holding = !consumer.paused().isEmpty();
    double full = Math.max(batcher.size() / mostRecords, batcher.weight() / mostBytes);
    if (full >= (holding ? 0.5 : 1)) {
      consumer.pause(consumer.assignment());
    } else if (holding) {
      consumer.resume(consumer.paused());
    }
  }
}
