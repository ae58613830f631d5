package io.framewarden.detector.scoring.kafka;

import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.ConsumerGroups;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Makes the scorer's consumer and its transactional producer. */
final class ScorerClientFactory {
  static final String GROUP = ConsumerGroups.SCORER;

  /**
   * After this the broker aborts what a dead scorer left open (it checks every ten seconds); until
   * then readers of committed records wait. Longer than a transaction's age plus one slow batch.
   */
  static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(20);

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
    Map<String, Object> properties = clients.member(GROUP, config.instance());
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2 * config.batches().size());
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
    return properties;
  }

  Map<String, Object> producerProperties() {
    return clients.memberProducer(GROUP, config.instance(), TRANSACTION_TIMEOUT);
  }
}
