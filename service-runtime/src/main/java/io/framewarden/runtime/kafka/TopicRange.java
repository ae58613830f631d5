package io.framewarden.runtime.kafka;

import io.framewarden.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what a topic holds from some place up to where it ends when the reading begins, once,
 * without a consumer group. Committed records only.
 */
public final class TopicRange {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Where to begin. */
  public sealed interface Start {
    /** With the first record whose timestamp is not before this. */
    record At(Instant time) implements Start {}

    /**
     * With these offsets, by partition; partitions that are not named are left out. What retention
     * has removed is passed over.
     */
    record Offsets(Map<Integer, Long> byPartition) implements Start {
      /** Immutable. */
      public Offsets {
        byPartition = Map.copyOf(byPartition);
      }
    }
  }

  private TopicRange() {}

  /**
   * Reads; the records of a partition come in order.
   *
   * @param reader gets every record, on the calling thread
   * @throws IllegalArgumentException when the start names a partition that is not there
   * @throws UncheckedIOException when the broker stops answering
   */
  public static void read(
      KafkaConnection connection,
      Topic<?, ?> topic,
      Start start,
      Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(new ClientProperties(connection).reader());
    try {
      Map<TopicPartition, Long> ends = begin(consumer, topic.name(), start);
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      while (!isDone(consumer, ends)) {
        boolean moved = false;
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
          moved = true;
          if (message.offset() < ends.get(new TopicPartition(topic.name(), message.partition()))) {
            reader.accept(message);
          }
        }
        if (moved) {
          deadline = System.nanoTime() + TIMEOUT.toNanos();
        } else if (System.nanoTime() > deadline) {
          throw new UncheckedIOException(
              new IOException(
                  topic.name() + " gave nothing for " + TIMEOUT + ": is the broker up?"));
        }
      }
    } finally {
      ClientProperties.closeReader(consumer);
    }
  }

  private static Map<TopicPartition, Long> begin(
      KafkaConsumer<byte[], byte[]> consumer, String topic, Start start) {
    Map<TopicPartition, Long> all = new HashMap<>();
    consumer
        .partitionsFor(topic)
        .forEach(info -> all.put(new TopicPartition(topic, info.partition()), 0L));
    Map<TopicPartition, Long> starts =
        start instanceof Start.At at
            ? startsAt(consumer, all, at.time())
            : named(all, topic, ((Start.Offsets) start).byPartition());
    consumer.assign(starts.keySet());
    Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet());
    Map<TopicPartition, Long> first = consumer.beginningOffsets(starts.keySet());
    starts.forEach(
        (partition, offset) ->
            consumer.seek(
                partition, Math.min(ends.get(partition), Math.max(offset, first.get(partition)))));
    return ends;
  }

  private static Map<TopicPartition, Long> startsAt(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> all, Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    all.keySet().forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
        consumer.offsetsForTimes(times).entrySet()) {
      // Nothing that late: the partition has nothing to give.
      starts.put(
          found.getKey(), found.getValue() == null ? Long.MAX_VALUE : found.getValue().offset());
    }
    return starts;
  }

  private static Map<TopicPartition, Long> named(
      Map<TopicPartition, Long> all, String topic, Map<Integer, Long> offsets) {
    Map<TopicPartition, Long> starts = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          TopicPartition place = new TopicPartition(topic, partition);
          if (!all.containsKey(place)) {
            throw new IllegalArgumentException(
                topic + " has partitions 0 to " + (all.size() - 1) + ", and no " + partition);
          }
          starts.put(place, offset);
        });
    return starts;
  }

  private static boolean isDone(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
