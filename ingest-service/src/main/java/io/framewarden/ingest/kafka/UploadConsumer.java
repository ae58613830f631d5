package io.framewarden.ingest.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes uploads one at a time. The handler runs on a thread of its own while the consuming thread
 * keeps polling its paused partitions, so that a long video never costs the group membership. An
 * offset is committed when its upload has been awaitHandled; an upload whose partition moved away
 * in the meantime is extracted again elsewhere, as a higher attempt. One that is not wanted any
 * more is interrupted and counts as awaitHandled.
 *
 * <p>All methods but the handler's run on the consuming thread. Owns the consumer.
 */
final class UploadConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadConsumer.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(500);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration BUSY_POLL = Duration.ofMillis(50);

  /** What is done with a record. */
  @FunctionalInterface
  interface Handler {
    HandlingResult handle(ConsumerRecord<byte[], byte[]> record) throws Exception;
  }

  private final String name;
  private final Consumer<byte[], byte[]> consumer;
  private final Handler handler;
  private final OffsetCommit commit;
  private final Predicate<byte[]> unwanted;
  private final ShutdownGrace grace;
  private final ExecutorService thread;
  private ConsumerRecord<byte[], byte[]> record;
  private Future<HandlingResult> running;

  /**
   * @param topic of uploads, or of what leads to them
   * @param consumer gives at most one record a poll
   * @param unwanted whether the handling of a record with this key, which may be null, is to stop
   */
  UploadConsumer(
      String name,
      String topic,
      Consumer<byte[], byte[]> consumer,
      Handler handler,
      OffsetCommit commit,
      Predicate<byte[]> unwanted,
      ShutdownGrace grace) {
    this.name = name;
    this.consumer = consumer;
    this.handler = handler;
    this.commit = commit;
    this.unwanted = unwanted;
    this.grace = grace;
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
      if (running == null && !grace.hasBegun()) {
        submit(polled);
      } else {
        // Fetched before the pause took hold; it will come again.
        consumer.seek(partition(polled), polled.offset());
      }
    }
    if (running != null && !running.isDone() && unwanted.test(record.key())) {
      LOG.info("{}: what was in work is not wanted any more and is stopped", name);
      running.cancel(true);
    }
    if (running != null && running.isDone()) {
      finish();
    }
  }

  private void submit(ConsumerRecord<byte[], byte[]> polled) {
    record = polled;
    consumer.pause(consumer.assignment());
    running = thread.submit(() -> handler.handle(polled));
  }

  /** Whether it is over; else it is to be tried again after the next poll. */
  private boolean finish() throws Exception {
    if (!commit(awaitHandled())) {
      return false;
    }
    running = null;
    record = null;
    consumer.resume(consumer.assignment());
    return true;
  }

  private HandlingResult awaitHandled() throws Exception {
    try {
      return running.get();
    } catch (CancellationException e) {
      return HandlingResult.NOTHING; // cancelled from here
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Whether the record is done with: committed, or somebody else's. */
  private boolean commit(HandlingResult awaitHandled) {
    TopicPartition partition = partition(record);
    if (!consumer.assignment().contains(partition)) {
      LOG.warn(
          "{} moved away; its upload at {} will be extracted again", partition, record.offset());
      return true;
    }
    long next = record.offset() + 1;
    try {
      commit.commit(consumer, Map.of(partition, new OffsetAndMetadata(next)), awaitHandled.last());
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // The next poll tells where the partition is now.
      LOG.warn("offset {} of {} is not committed yet: {}", next, partition, e.getMessage());
      return false;
    }
    awaitHandled.whenCommitted().run();
    // A rebalance in between may have put the position back to this record.
    consumer.seek(partition, next);
    return true;
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> of) {
    return new TopicPartition(of.topic(), of.partition());
  }

  /**
   * Waits for a running handling as long as the grace lasts, then interrupts it: its record will
   * come again, here or elsewhere. Leaves the group.
   */
  @Override
  public void close() {
    try {
      if (running != null) {
        endInTime();
      }
      thread.shutdownNow();
      if (!thread.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("an extraction did not stop within {}", STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    consumer.close();
  }

  private void endInTime() throws InterruptedException {
    try {
      running.get(grace.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.info("{}: what is in work is handed back", name);
      return;
    } catch (ExecutionException | CancellationException e) {
      LOG.debug("{}: nothing is left in work", name, e);
    }
    try {
      boolean over = finishAwake();
      LOG.info("{}: what was in work is {}", name, over ? "finished" : "handed back");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("{}: what was in work is handed back", name, e);
    }
  }

  /** The call that ended the polling may still be waiting for its victim. */
  private boolean finishAwake() throws Exception {
    try {
      return finish();
    } catch (WakeupException e) {
      return finish();
    }
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
