package io.framewarden.detector.verdict.feed;

import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads verdicts as they are committed, without a consumer group. The caller polls; a single
 * thread's use only. An unreadable record is skipped and logged: this is a view, not the place that
 * accounts for records.
 */
public final class VerdictFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VerdictFeed.class);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> endsAtStart;

  /**
   * Starts with the oldest verdict that is kept.
   *
   * @throws IllegalStateException when the brokers have no verdicts topic
   */
  public static VerdictFeed fromBeginning(KafkaConnection connection) {
    return new VerdictFeed(connection, true);
  }

  /**
   * Starts with the first verdict given after this call.
   *
   * @throws IllegalStateException when the brokers have no verdicts topic
   */
  public static VerdictFeed fromNow(KafkaConnection connection) {
    return new VerdictFeed(connection, false);
  }

  private VerdictFeed(KafkaConnection connection, boolean fromBeginning) {
    Map<String, Object> properties = new ClientProperties(connection).reader();
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    consumer = new KafkaConsumer<>(properties);
    try {
      List<TopicPartition> partitions = partitions(connection);
      consumer.assign(partitions);
      endsAtStart = consumer.endOffsets(partitions);
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        endsAtStart.forEach(consumer::seek);
      }
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** The verdicts that came, in order for each video; waits at most {@code patience} for one. */
  public List<Verdict> poll(Duration patience) {
    List<Verdict> verdicts = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(patience)) {
      read(message, verdicts);
    }
    return verdicts;
  }

  /** Whether everything that was there when this feed began has been polled. */
  public boolean caughtUp() {
    return endsAtStart.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }

  private List<TopicPartition> partitions(KafkaConnection connection) {
    List<PartitionInfo> found = consumer.partitionsFor(Topics.VERDICTS.name());
    if (found == null || found.isEmpty()) {
      throw new IllegalStateException(
          "no topic "
              + Topics.VERDICTS.name()
              + " at "
              + connection.bootstrapServers()
              + "; is the verdict service running against these brokers?");
    }
    return found.stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  private static void read(ConsumerRecord<byte[], byte[]> message, List<Verdict> verdicts) {
    try {
      Verdict verdict = Topics.VERDICTS.value().decode(message.value());
      if (verdict != null) {
        verdicts.add(verdict);
      }
    } catch (UnreadableMessageException e) {
      LOG.warn(
          "skipped {}-{}@{}: {}",
          message.topic(),
          message.partition(),
          message.offset(),
          e.getMessage());
    }
  }
}
