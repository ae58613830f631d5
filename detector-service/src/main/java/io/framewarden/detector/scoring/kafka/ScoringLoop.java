package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.Batcher;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Poll, batch, submit to the pipeline, emit its scores, commit. Records wait in one queue and are
 * answered in order, so the offsets of a transaction are exactly those of what it answers. The
 * engine never waits for Kafka as long as there are records; where it is behind, partitions are
 * paused, so that what is held is bounded whatever the lag. After an abort everything not committed
 * is discarded and read again. For one thread, but {@link #hasAssignment} is for any; owns nothing.
 */
final class ScoringLoop implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringLoop.class);

  /** Aborts in a row after which a restart is more likely to help than another try. */
  static final int MAX_ABORTS = 5;

  /**
   * Bytes of a batch's records. Sound frames never come near it; it keeps records of megabytes, on
   * their way to the dead letters, from filling the memory.
   */
  static final long MAX_BATCH_BYTES = 16L << 20;

  private static final Duration IDLE_POLL_TIMEOUT = Duration.ofMillis(200);

  private static final Duration LAG_INTERVAL = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final ScoringTransaction transaction;
  private final ScoringPipeline pipeline;
  private final ScorerConfig config;
  private final ScoringMetrics metrics;
  private final BooleanSupplier stopping;
  private final LongSupplier nanoTime;
  private final Batcher<ConsumerRecord<byte[], byte[]>> batcher;
  private final BackPressure backPressure;
  private volatile boolean assigned;
  private boolean rebalanceRequested;
  private boolean rewindNeeded;
  private int consecutiveAborts;
  private long lagMeasuredAt;

  /**
   * @param stopping whether to leave the rest of the queue to the next run
   * @param nanoTime as {@link System#nanoTime}
   */
  ScoringLoop(
      Consumer<byte[], byte[]> consumer,
      ScoringTransaction transaction,
      ScoringPipeline pipeline,
      ScorerConfig config,
      ScoringMetrics metrics,
      BooleanSupplier stopping,
      LongSupplier nanoTime) {
    this.consumer = consumer;
    this.transaction = transaction;
    this.pipeline = pipeline;
    this.config = config;
    this.metrics = metrics;
    this.stopping = stopping;
    this.nanoTime = nanoTime;
    this.lagMeasuredAt = nanoTime.getAsLong() - LAG_INTERVAL.toNanos();
    this.batcher =
        new Batcher<>(
            config.batches().size(),
            MAX_BATCH_BYTES,
            record -> Math.max(0, record.serializedValueSize()),
            config.batches().linger());
    this.backPressure =
        new BackPressure(consumer, batcher, config.batches().size(), MAX_BATCH_BYTES);
  }

  /** Joins the group. */
  void subscribe() {
    consumer.subscribe(List.of(Topics.FACE_FRAMES.name()), this);
  }

  /** Whether the group has assigned this scorer its partitions, were there none. */
  boolean hasAssignment() {
    return assigned;
  }

  /**
   * Polls once and goes on with what is there.
   *
   * @throws KafkaException when going on is not possible: fenced, not authorised, or aborted too
   *     often in a row
   */
  void step() {
    try {
      if (rewindNeeded) {
        rewind();
      }
      backPressure.apply();
      ConsumerRecords<byte[], byte[]> records = consumer.poll(pollTimeout());
      requestRebalanceOnce();
      if (rewindNeeded) {
        return; // a rebalance within this poll aborted: these records come again
      }
      long now = nanoTime.getAsLong();
      records.forEach(record -> batcher.add(record, now));
      emit(pipeline.takeFinished()); // first, for it makes room
      submitDue();
      emit(pipeline.takeFinished());
      if (isDrained(records)) {
        commit();
      }
      measure();
    } catch (WakeupException | InterruptException e) {
      throw e; // closing
    } catch (KafkaException e) {
      abort(e);
    }
  }

  /** Commits what was submitted to the engine, at the end of an orderly run. */
  void finish() {
    if (!rewindNeeded) {
      emit(pipeline.awaitAll());
      if (transaction.isOpen()) {
        transaction.commit(consumer.groupMetadata());
      }
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    LOG.info("assigned {}", partitions);
    assigned = true;
  }

  /** The partitions are still ours here: what has been answered can be committed. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    LOG.info("revoked {}", partitions);
    batcher.removeIf(record -> partitions.contains(partitionOf(record)));
    try {
      emit(pipeline.awaitAll());
      if (transaction.isOpen()) {
        commit();
      }
    } catch (KafkaException e) {
      abort(e);
    }
  }

  /** They belong to another scorer already, which will answer the same records. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    LOG.warn("lost {}", partitions);
    assigned = false;
    undo();
  }

  /**
   * Requests a rebalance, once. A scorer that comes back under its old instance name is assigned
   * what the group remembers of it. Had its predecessor died after it gave up a partition for
   * another scorer, and before it told the group, that partition would have no owner until the next
   * rebalance. Members that keep their partitions go on reading meanwhile.
   */
  private void requestRebalanceOnce() {
    if (assigned && !rebalanceRequested) {
      rebalanceRequested = true;
      if (!config.instance().isEmpty()) {
        consumer.enforceRebalance(
            "partitions that this instance's predecessor gave up need an owner");
      }
    }
  }

  /** A transaction or a waiting record must not outlast the linger; otherwise there is time. */
  private Duration pollTimeout() {
    if (!pipeline.isEmpty()) {
      return pipeline.pollInterval();
    }
    if (!batcher.isEmpty() || transaction.isOpen()) {
      return batcher.lingerLeft(nanoTime.getAsLong());
    }
    return IDLE_POLL_TIMEOUT;
  }

  /** Full batches as far as there is room; a partial one only when the engine would be idle. */
  private void submitDue() {
    while (pipeline.hasRoom() && !stopping.getAsBoolean()) {
      if (pipeline.isBusy() && !batcher.isFull()) {
        return;
      }
      Optional<List<ConsumerRecord<byte[], byte[]>>> batch = batcher.poll(nanoTime.getAsLong());
      if (batch.isEmpty()) {
        return;
      }
      pipeline.submit(batch.get());
    }
  }

  private void emit(List<RecordScoringRequest> requests) {
    for (RecordScoringRequest request : requests) {
      transaction.add(request, nanoTime.getAsLong());
      if (isFull()) {
        commit();
      }
    }
    if (transaction.isOpen() && isFull()) {
      commit(); // because of its age
    }
  }

  /** Whether a transaction is open and there is nothing left to wait for. */
  private boolean isDrained(ConsumerRecords<byte[], byte[]> records) {
    return records.isEmpty() && transaction.isOpen() && batcher.isEmpty() && pipeline.isEmpty();
  }

  private void measure() {
    metrics.setQueuedFrames(batcher.size() + pipeline.records());
    long now = nanoTime.getAsLong();
    if (now - lagMeasuredAt >= LAG_INTERVAL.toNanos()) {
      lagMeasuredAt = now;
      metrics.setLag(
          consumer.assignment().stream().mapToLong(p -> consumer.currentLag(p).orElse(0)).sum());
    }
  }

  private boolean isFull() {
    return transaction.records() >= config.transactions().maxRecords()
        || transaction.age(nanoTime.getAsLong()).compareTo(config.transactions().maxAge()) >= 0;
  }

  private void commit() {
    transaction.commit(consumer.groupMetadata());
    consecutiveAborts = 0;
  }

  private void abort(KafkaException cause) {
    consecutiveAborts++;
    if (KafkaErrors.isFatal(cause) || consecutiveAborts > MAX_ABORTS) {
      throw cause;
    }
    LOG.warn("aborted, reading again from the committed offsets: {}", cause.toString());
    undo();
  }

  private void undo() {
    rewindNeeded = true;
    batcher.clear();
    pipeline.discardAll();
    transaction.abort();
  }

  /** Back to the committed offsets; where there are none, to where a new group would begin. */
  private void rewind() {
    Set<TopicPartition> mine = consumer.assignment();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(mine);
    for (TopicPartition partition : mine) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
    rewindNeeded = false;
  }

  private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
