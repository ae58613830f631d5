package io.framewarden.ingest.kafka;

import io.framewarden.ingest.status.PendingRetry;
import io.framewarden.ingest.status.RetryQueue;
import io.framewarden.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
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
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes uploads one at a time. The handler runs on a thread of its own while the consuming thread
 * keeps polling its paused partitions, so that a long video never costs the group membership. An
 * offset is committed when its upload has been awaitHandled; an upload whose partition moved away
 * in the meantime is extracted again elsewhere, as a higher attempt. One that is not wanted any
 * more is interrupted and counts as awaitHandled.
 *
 * <p>Extractions that are tried again come after the uploads: when none waits, or when they have
 * been due for long. Who has a video's partition tries it, and is refused the commit by the broker
 * if it has lost that in the meantime.
 *
 * <p>All methods but the handler's run on the consuming thread. Owns the consumer.
 */
final class UploadConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UploadConsumer.class);
  private static final Duration IDLE_POLL = Duration.ofMillis(500);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration BUSY_POLL = Duration.ofMillis(50);

  /** An extraction that has been due for so long is tried again before further uploads. */
  private static final Duration MAX_RETRY_DELAY = Duration.ofHours(1);

  /** What is done with a record. */
  @FunctionalInterface
  interface Handler {
    HandlingResult handle(ConsumerRecord<byte[], byte[]> record) throws Exception;
  }

  /**
   * Extractions that are tried again, beside the records of the topic.
   *
   * @param queue has them
   * @param handler tries one
   */
  record Retries(RetryQueue queue, RetryHandler handler) {
    static final Retries NONE = new Retries(RetryQueue.EMPTY, retry -> HandlingResult.NOTHING);
  }

  /** What is done with an extraction that is tried again. */
  @FunctionalInterface
  interface RetryHandler {
    HandlingResult retry(PendingRetry retry) throws Exception;
  }

  /**
   * What is in work.
   *
   * @param partition that its video belongs to
   * @param next the offset to commit there once it is done
   */
  private record Task(
      byte[] key, TopicPartition partition, long next, Future<HandlingResult> running) {}

  private final String name;
  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Handler handler;
  private final OffsetCommit commit;
  private final Predicate<byte[]> unwanted;
  private final ShutdownGrace grace;
  private final Retries retries;
  private final ExecutorService thread;

  /** Null while nothing is in work. */
  private Task task;

  /**
   * @param topic of uploads, or of what leads to them
   * @param consumer gives at most one record a poll
   * @param unwanted whether the handling of a record with this key, which may be null, is to stop
   * @param retries beside the records
   */
  UploadConsumer(
      String name,
      String topic,
      Consumer<byte[], byte[]> consumer,
      Handler handler,
      OffsetCommit commit,
      Predicate<byte[]> unwanted,
      ShutdownGrace grace,
      Retries retries) {
    this.name = name;
    this.topic = topic;
    this.consumer = consumer;
    this.handler = handler;
    this.commit = commit;
    this.unwanted = unwanted;
    this.grace = grace;
    this.retries = retries;
    this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name + "-extraction"));
    consumer.subscribe(List.of(topic), new PauseWhileBusy());
  }

  /**
   * Polls once, and starts or finishes a handling.
   *
   * @throws Exception what the handler threw: fatal
   */
  void step() throws Exception {
    retry(MAX_RETRY_DELAY);
    for (ConsumerRecord<byte[], byte[]> polled :
        consumer.poll(task == null ? IDLE_POLL : BUSY_POLL)) {
      if (task == null && !grace.hasBegun()) {
        submit(polled.key(), partition(polled), polled.offset() + 1, () -> handler.handle(polled));
      } else {
        // Fetched before the pause took hold; it will come again.
        consumer.seek(partition(polled), polled.offset());
      }
    }
    retry(Duration.ZERO); // nothing came
    if (task != null && !task.running().isDone() && unwanted.test(task.key())) {
      LOG.info("{}: what was in work is not wanted any more and is stopped", name);
      task.running().cancel(true);
    }
    if (task != null && task.running().isDone()) {
      finish();
    }
  }

  /** Begins an extraction again that has been due for so long, if nothing is in work. */
  private void retry(Duration due) {
    int partitions = task == null && !grace.hasBegun() ? consumer.partitionsFor(topic).size() : 0;
    if (partitions == 0) {
      return;
    }
    Set<TopicPartition> mine = consumer.assignment();
    retries
        .queue()
        .due(Instant.now().minus(due), id -> mine.contains(partition(key(id), partitions)))
        .ifPresent(
            retry -> {
              byte[] key = key(retry.upload().getVideoId());
              TopicPartition partition = partition(key, partitions);
              long next = consumer.position(partition); // nothing of the topic is done with it
              submit(key, partition, next, () -> retries.handler().retry(retry));
            });
  }

  private void submit(
      byte[] key, TopicPartition partition, long next, Callable<HandlingResult> work) {
    consumer.pause(consumer.assignment());
    task = new Task(key, partition, next, thread.submit(work));
  }

  /** Whether it is over; else it is to be tried again after the next poll. */
  private boolean finish() throws Exception {
    if (!commit(awaitHandled())) {
      return false;
    }
    task = null;
    consumer.resume(consumer.assignment());
    return true;
  }

  private HandlingResult awaitHandled() throws Exception {
    try {
      return task.running().get();
    } catch (CancellationException e) {
      return HandlingResult.NOTHING; // cancelled from here
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Whether the task is done with: committed, or somebody else's. */
  private boolean commit(HandlingResult awaitHandled) {
    TopicPartition partition = task.partition();
    if (!consumer.assignment().contains(partition)) {
      LOG.warn(
          "{} moved away; its upload before {} will be extracted again", partition, task.next());
      return true;
    }
    long next = task.next();
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

  private static byte[] key(String videoId) {
    return Topics.VIDEO_UPLOADS.key().encode(videoId);
  }

  /** Where Kafka's producers put the key, so that a video has one place. */
  private TopicPartition partition(byte[] key, int partitions) {
    return new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions);
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
      if (task != null) {
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
      task.running().get(grace.remainingNanos(), TimeUnit.NANOSECONDS);
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
      if (task != null) {
        consumer.pause(partitions);
      }
    }
  }
}
