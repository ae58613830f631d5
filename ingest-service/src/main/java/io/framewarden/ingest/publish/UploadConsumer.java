package io.framewarden.ingest.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes uploads one at a time. The handler runs on a thread of its own while the consuming thread
 * keeps polling its paused partitions, so that a long video never costs the group membership. An
 * offset is committed when its upload has been handled; an upload whose partition moved away in the
 * meantime is extracted again elsewhere, as a higher attempt.
 *
 * <p>All methods but the handler's run on the consuming thread. Owns the consumer.
 */
final class UploadConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadConsumer.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BUSY_POLL = Duration.ofMillis(50);

  /** What is done with a record. */
  @FunctionalInterface
  interface Handler {
    void handle(ConsumerRecord<byte[], byte[]> record) throws Exception;
  }

  private final Consumer<byte[], byte[]> consumer;
  private final Handler handler;
  private final ExecutorService thread;
  private ConsumerRecord<byte[], byte[]> record;
  private Future<?> running;

  /**
   * @param topic of uploads, or of what leads to them
   * @param consumer gives at most one record a poll
   */
  UploadConsumer(String name, String topic, Consumer<byte[], byte[]> consumer, Handler handler) {
    this.consumer = consumer;
    this.handler = handler;
    this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name + "-extraction"));
    consumer.subscribe(List.of(topic), new PauseWhileBusy());
  }

  /**
   * Polls once, and starts or finishes a handling.
   *
   * @throws Exception what the handler threw: fatal
   */
  void step() throws Exception {
    for (ConsumerRecord<byte[], byte[]> polled :
        consumer.poll(running == null ? IDLE_POLL : BUSY_POLL)) {
      if (running == null) {
        begin(polled);
      } else {
        // Fetched before the pause took hold; it will come again.
        consumer.seek(partition(polled), polled.offset());
      }
    }
    if (running != null && running.isDone()) {
      finish();
    }
  }

  private void begin(ConsumerRecord<byte[], byte[]> polled) {
    record = polled;
    consumer.pause(consumer.assignment());
    running =
        thread.submit(
            () -> {
              handler.handle(polled);
              return null;
            });
  }

  private void finish() throws Exception {
    try {
      running.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    commit();
    running = null;
    record = null;
    consumer.resume(consumer.assignment());
  }

  private void commit() {
    TopicPartition partition = partition(record);
    if (!consumer.assignment().contains(partition)) {
      LOG.warn(
          "{} moved away; its upload at {} will be extracted again", partition, record.offset());
      return;
    }
    long next = record.offset() + 1;
    try {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(next)));
      // A rebalance in between may have put the position back to this record.
      consumer.seek(partition, next);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.warn("offset {} of {} was not committed: {}", next, partition, e.getMessage());
    }
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> of) {
    return new TopicPartition(of.topic(), of.partition());
  }

  /** Ends a running handling by interrupting it, and leaves the group. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("an extraction did not stop within {}", PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
  }

  private final class PauseWhileBusy implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // A record in work is committed when it is done, if its partition is still here.
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (running != null) {
        consumer.pause(partitions);
      }
    }
  }
}
