package io.framewarden.detector.rescore;

import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.RescoreRequest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request after the other, in batches, each batch's scores in a transaction of its own and the
 * request's offset in that of the last. So a transaction stays short however slow the model is;
 * after a crash in the middle of a request its first batches are scored twice, and the verdict
 * topology counts each frame once. For one thread; owns nothing.
 */
final class RescoreLoop {
  private static final Logger LOG = LoggerFactory.getLogger(RescoreLoop.class);
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

  /** Failures in a row after which a restart is more likely to help than another try. */
  static final int MAX_FAILURES = 5;

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Rescorer rescorer;
  private final DeadLetters letters;
  private final RescoreMetrics metrics;
  private final int batchSize;
  private final BooleanSupplier stopping;
  private boolean inTransaction;
  private int failures;

  /**
   * @param producer transactional and initialised
   * @param stopping whether to leave the rest of a request to the next run
   */
  RescoreLoop(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Rescorer rescorer,
      DeadLetters letters,
      RescoreMetrics metrics,
      int batchSize,
      BooleanSupplier stopping) {
    this.consumer = consumer;
    this.producer = producer;
    this.rescorer = rescorer;
    this.letters = letters;
    this.metrics = metrics;
    this.batchSize = batchSize;
    this.stopping = stopping;
  }

  /** Joins the group. */
  void subscribe() {
    consumer.subscribe(List.of(Topics.RESCORE_REQUESTS.name()));
  }

  /**
   * Polls once and answers the requests that are there.
   *
   * @throws KafkaException when going on is not possible, or failed too often in a row
   */
  void step() throws InterruptedException {
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL_TIMEOUT)) {
      if (stopping.getAsBoolean()) {
        return;
      }
      try {
        process(message);
        failures = 0;
      } catch (WakeupException | InterruptException e) {
        throw e; // closing
      } catch (KafkaException | UncheckedIOException e) {
        retry(message, e);
        return;
      }
    }
  }

  private void process(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
    RescoreRequest request;
    try {
      request = Topics.RESCORE_REQUESTS.value().decode(message.value());
      if (request == null) {
        throw new UnreadableMessageException(
            FailureReason.UNREADABLE_MESSAGE, "a record without a value is no request");
      }
    } catch (UnreadableMessageException e) {
      deadLetter(message, e);
      return;
    }
    rescorer.awaitModel(request, stopping);
    List<FramePosition> positions = request.getFramesList();
    for (int from = 0; from < positions.size(); from += batchSize) {
      if (stopping.getAsBoolean()) {
        return; // not committed: the next run reads the request again
      }
      int to = Math.min(positions.size(), from + batchSize);
      List<FrameScore> scores = rescorer.score(request, positions.subList(from, to));
      begin();
      for (FrameScore score : scores) {
        send(
            new ProducerRecord<>(
                Topics.FRAME_SCORES.name(),
                Topics.FRAME_SCORES.key().encode(score.getVideoId()),
                Topics.FRAME_SCORES.value().encode(score)));
      }
      if (to == positions.size()) {
        commitOffset(message);
      }
      commit();
      count(scores);
    }
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> message, UnreadableMessageException why) {
    begin();
    send(DeadLetters.uncounted(message, why.reason(), why.getMessage()));
    commitOffset(message);
    commit();
    letters.count(
        message.topic(), message.partition(), message.offset(), why.reason(), why.getMessage());
  }

  private void begin() {
    producer.beginTransaction();
    inTransaction = true;
  }

  private void send(ProducerRecord<byte[], byte[]> message) {
    var unused = producer.send(message); // the commit fails when a send failed
  }

  private void commitOffset(ConsumerRecord<byte[], byte[]> message) {
    producer.sendOffsetsToTransaction(
        Map.of(
            partitionOf(message),
            new OffsetAndMetadata(message.offset() + 1, message.leaderEpoch(), "")),
        consumer.groupMetadata());
  }

  private void commit() {
    producer.commitTransaction();
    inTransaction = false;
  }

  private void count(List<FrameScore> scores) {
    for (FrameScore score : scores) {
      metrics.countFrame(
          switch (score.getFailure()) {
            case FAILURE_REASON_UNSPECIFIED -> RescoreMetrics.Outcome.SCORED;
            case FACE_FRAME_GONE -> RescoreMetrics.Outcome.GONE;
            default -> RescoreMetrics.Outcome.FAILED;
          });
    }
  }

  /** Goes back to the request, so that it and all polled with it are read again. */
  private void retry(ConsumerRecord<byte[], byte[]> message, RuntimeException why) {
    failures++;
    if (failures > MAX_FAILURES) {
      throw why;
    }
    LOG.warn(
        "retrying {}-{}@{}: {}",
        message.topic(),
        message.partition(),
        message.offset(),
        why.toString());
    if (inTransaction) {
      inTransaction = false;
      producer.abortTransaction(); // throws for a producer that was fenced: only a restart helps
    }
    if (consumer.assignment().contains(partitionOf(message))) {
      consumer.seek(partitionOf(message), message.offset());
    }
  }

  private static TopicPartition partitionOf(ConsumerRecord<byte[], byte[]> message) {
    return new TopicPartition(message.topic(), message.partition());
  }
}
