package io.framewarden.runtime.kafka;

import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.runtime.lifecycle.Worker;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a whole topic from its beginning and then whatever comes, without a consumer group, on a
 * thread of its own: the way to keep a view of a topic in memory. The reader is called on that
 * thread, in partition order. It is ready once it has seen everything that was there at its start.
 *
 * @param <K> the topic's key
 * @param <V> the topic's value
 */
public final class TopicFollower<K, V> implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

  /** A record ends a wait at once, and so does closing. */
  private static final Duration POLL = Duration.ofSeconds(5);

  private final KafkaConnection connection;
  private final Topic<K, V> topic;
  private final RecordListener<K, V> reader;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private KafkaConsumer<byte[], byte[]> consumer;
  private Map<TopicPartition, Long> ends;
  private Worker worker;

  /**
   * @param reader gets every key and value; a null value is a deletion
   */
  public TopicFollower(KafkaConnection connection, Topic<K, V> topic, BiConsumer<K, V> reader) {
    this(connection, topic, (key, value, place) -> reader.accept(key, value));
  }

  /**
   * For a reader that wants to find a record again.
   *
   * @param reader gets every key and value with its position; a null value is a deletion
   */
  public TopicFollower(KafkaConnection connection, Topic<K, V> topic, RecordListener<K, V> reader) {
    this.connection = connection;
    this.topic = topic;
    this.reader = reader;
  }

  @Override
  public String name() {
    return "follower of " + topic.name();
  }

  /** The topic must exist. */
  @Override
  public void start() {
    Map<String, Object> properties = new ClientProperties(connection).reader();
    // It asks for nothing else meanwhile: a topic at rest needs no two requests a second.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis());
    consumer = new KafkaConsumer<>(properties);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    ends = consumer.endOffsets(partitions);
    worker = new Worker(name(), this::step, consumer::wakeup, this::over);
    worker.start();
  }

  /** Waits until everything that was there at the start has been read, or the reading is over. */
  public void awaitCaughtUp() throws InterruptedException {
    caughtUp.await();
  }

  @Override
  public Health health() {
    if (worker == null) {
      return Health.starting("not started");
    }
    Health health = worker.health();
    return health.isReady() && caughtUp.getCount() > 0
        ? Health.starting("reading " + topic.name())
        : health;
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }

  private void over() {
    caughtUp.countDown(); // nobody shall wait for a reader that is gone; health says that it failed
    ClientProperties.closeReader(consumer);
  }

  private void step() {
    try {
      if (caughtUp.getCount() > 0
          && ends.entrySet().stream()
              .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
        caughtUp.countDown();
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        read(message);
      }
    } catch (WakeupException e) {
      LOG.debug("{} is told to stop", name());
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> message) {
    try {
      reader.read(
          topic.key().decode(message.key()),
          topic.value().decode(message.value()),
          new RecordPosition(message.partition(), message.offset()));
    } catch (UnreadableMessageException e) {
      // A view is not the place that accounts for records: whoever processes the topic sends the
      // dead letter.
      LOG.warn(
          "skipped {}-{}@{}: {}",
          topic.name(),
          message.partition(),
          message.offset(),
          e.getMessage());
    }
  }
}
