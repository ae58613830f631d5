package io.framewarden.runtime.kafka;

import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads single records of a topic again, for a view that cannot keep all of them in memory. Safe
 * for several threads, which wait for each other.
 *
 * @param <V> the topic's value
 */
public final class RecordLookup<V> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** A record's neighbours come along with it: few of them. */
  private static final int FETCHED_BYTES = 64 << 10;

  private final KafkaConnection connection;
  private final Topic<?, V> topic;
  private KafkaConsumer<byte[], byte[]> consumer;
  private boolean closed;

  /** A lookup that connects when it is first asked. */
  public RecordLookup(KafkaConnection connection, Topic<?, V> topic) {
    this.connection = connection;
    this.topic = topic;
  }

  /**
   * The value at a place, or nothing where compaction or retention has removed it.
   *
   * @throws UncheckedIOException if the broker does not answer in time
   */
  public synchronized Optional<V> find(RecordPosition place) {
    if (closed) {
      return Optional.empty();
    }
    if (consumer == null) {
      consumer = new KafkaConsumer<>(new ClientProperties(connection).reader(FETCHED_BYTES));
    }
    TopicPartition partition = new TopicPartition(topic.name(), place.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, place.offset());
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        // The first record that comes is the one asked for, or one behind it if that is gone.
        return record.offset() == place.offset() ? value(record) : Optional.empty();
      }
      if (consumer.position(partition) > place.offset()) {
        return Optional.empty();
      }
    }
    throw new UncheckedIOException(
        new IOException(
            "%s-%d@%d could not be read within %s: is the broker up?"
                .formatted(topic.name(), place.partition(), place.offset(), TIMEOUT)));
  }

  private Optional<V> value(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.ofNullable(topic.value().decode(record.value()));
    } catch (UnreadableMessageException e) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (consumer != null) {
      ClientProperties.closeReader(consumer);
    }
  }
}
