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
 * One transaction after the other: answers, and the offsets of what they answer. Counts on commit
 * only. For one thread; does not own the producer.
 */
final class ScoringTransaction {
  private final Producer<byte[], byte[]> producer;
  private final ScoringMetrics metrics;
  private final DeadLetters letters;
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private TransactionCounts tally = new TransactionCounts();
  private boolean open;
  private long openedAt;

  ScoringTransaction(
      Producer<byte[], byte[]> producer, ScoringMetrics metrics, DeadLetters letters) {
    this.producer = producer;
    this.metrics = metrics;
    this.letters = letters;
  }

  /** Sends an answer, beginning a transaction when none is open. Each partition's come in order. */
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails when a record does
  void add(ScoringResult answer, long now) {
    if (!open) {
      producer.beginTransaction();
      open = true;
      openedAt = now;
    }
    answer.messages().forEach(producer::send);
    ConsumerRecord<byte[], byte[]> origin = answer.origin();
    offsets.put(
        new TopicPartition(origin.topic(), origin.partition()),
        new OffsetAndMetadata(origin.offset() + 1, origin.leaderEpoch(), ""));
    tally.add(answer);
  }

  boolean isOpen() {
    return open;
  }

  /** Records answered in the open transaction. */
  int records() {
    return tally.received();
  }

  /** How long the transaction has been open; zero when none is. */
  Duration age(long now) {
    return open ? Duration.ofNanos(now - openedAt) : Duration.ZERO;
  }

  /** Commits answers and offsets together, then counts them. */
  void commit(ConsumerGroupMetadata group) {
    long start = System.nanoTime();
    producer.sendOffsetsToTransaction(offsets, group);
    producer.commitTransaction();
    metrics.took(ScoringMetrics.Stage.COMMIT, System.nanoTime() - start);
    tally.publish(metrics, letters);
    forget();
  }

  /** Undoes everything since the last commit; nothing happens when no transaction is open. */
  void abort() {
    if (open) {
      metrics.aborted();
      forget();
      producer.abortTransaction();
    }
  }

  private void forget() {
    open = false;
    offsets.clear();
    tally = new TransactionCounts();
  }
}
