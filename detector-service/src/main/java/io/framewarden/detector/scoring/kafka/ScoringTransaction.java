package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.runtime.kafka.DeadLetters;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * One transaction after the other: scores and dead letters, and the offsets of the records that
 * they answer. Counts on commit only. For one thread; does not own the producer.
 */
final class ScoringTransaction {
  private final Producer<byte[], byte[]> producer;
  private final ScoringMetrics metrics;
  private final DeadLetters letters;
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private TransactionCounts counts = new TransactionCounts();
  private boolean open;
  private long openedAt;

  ScoringTransaction(
      Producer<byte[], byte[]> producer, ScoringMetrics metrics, DeadLetters letters) {
    this.producer = producer;
    this.metrics = metrics;
    this.letters = letters;
  }

  /**
   * Sends a request's messages, beginning a transaction when none is open.
   *
   * @param request a finished one; those of a partition come in its order
   * @param now as {@link System#nanoTime}
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails when a record does
  void add(RecordScoringRequest request, long now) {
    if (!open) {
      producer.beginTransaction();
      open = true;
      openedAt = now;
    }
    request.messages().forEach(producer::send);
    ConsumerRecord<byte[], byte[]> record = request.record();
    offsets.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
    counts.add(request);
  }

  boolean isOpen() {
    return open;
  }

  /** Records answered in the open transaction. */
  int records() {
    return counts.received();
  }

  /** How long the transaction has been open; zero when none is. */
  Duration age(long now) {
    return open ? Duration.ofNanos(now - openedAt) : Duration.ZERO;
  }

  /** Commits messages and offsets together, then counts them. */
  void commit(ConsumerGroupMetadata group) {
    long start = System.nanoTime();
    producer.sendOffsetsToTransaction(offsets, group);
    producer.commitTransaction();
    metrics.observeStage(ScoringMetrics.Stage.COMMIT, System.nanoTime() - start);
    counts.publish(metrics, letters);
    reset();
  }

  /** Undoes everything since the last commit; nothing happens when no transaction is open. */
  void abort() {
    if (open) {
      metrics.countAborted();
      reset();
      producer.abortTransaction();
    }
  }

  private void reset() {
    open = false;
    offsets.clear();
    counts = new TransactionCounts();
  }
}
