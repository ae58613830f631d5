package io.framewarden.ingest.kafka;

import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes the clients of one worker. An instance's name makes a restart quick: the new process takes
 * the place of the dead one in the group, and ends what that left open, at once. Without one it
 * waits until the brokers miss the dead one. Correctness needs no name: the broker refuses the
 * transaction of a worker that has lost its partitions.
 */
final class IngestClientFactory {
  /** A transaction holds one marker and one offset. */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  private final ClientProperties clients;
  private final String group;
  private final String instance;

  /**
   * @param instance of this worker; empty for none
   */
  IngestClientFactory(KafkaConnection kafka, String group, String instance) {
    this.clients = new ClientProperties(kafka);
    this.group = group;
    this.instance = instance;
  }

  KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> properties = clients.member(group, instance);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return new KafkaConsumer<>(properties);
  }

  /** For face frames, which are outside of any transaction. */
  Producer<byte[], byte[]> frames() {
    return new KafkaProducer<>(clients.producer());
  }

  /** For markers with their offsets; it is ready for its first transaction. */
  Producer<byte[], byte[]> markers() {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(clients.memberProducer(group, instance, TRANSACTION_TIMEOUT));
    producer.initTransactions();
    return producer;
  }
}
