package io.framewarden.detector.scoring.kafka;

import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.ConsumerGroups;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Makes the scorer's consumer and its transactional producer.
 *
 * <p>The transactional id need not be stable for correctness: offsets travel in the transaction
 * with the consumer's group metadata, so the broker refuses the commit of a scorer that has lost
 * its partitions, whatever its id. Without an instance name it is therefore unique. A stable one
 * only shortens the wait after a crash.
 */
final class ScorerClientFactory {
  static final String GROUP = ConsumerGroups.SCORER;

  /**
   * After this the broker aborts what a dead scorer left open (it checks every ten seconds); until
   * then readers of committed records wait. Longer than a transaction's age plus one slow batch.
   */
  static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(20);

  /** After this a dead scorer's partitions go to the others. */
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(3);

  /** What the client may hold beyond the records of one poll. */
  private static final int MAX_FETCH_BYTES = 32 << 20;

  private final ClientProperties clients;
  private final ScorerConfig config;

  ScorerClientFactory(KafkaConnection connection, ScorerConfig config) {
    this.clients = new ClientProperties(connection);
    this.config = config;
  }

  KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(consumerProperties());
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(producerProperties());
  }

  Map<String, Object> consumerProperties() {
    Map<String, Object> properties = clients.consumer(GROUP);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2 * config.batches().size());
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
    properties.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT_INTERVAL.toMillis());
    if (!config.instance().isEmpty()) {
      properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, config.instance());
    }
    return properties;
  }

  Map<String, Object> producerProperties() {
    String instance =
        config.instance().isEmpty() ? UUID.randomUUID().toString() : config.instance();
    Map<String, Object> properties = clients.transactionalProducer(GROUP + "-" + instance);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
    return properties;
  }
}
