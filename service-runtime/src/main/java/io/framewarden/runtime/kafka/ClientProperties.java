package io.framewarden.runtime.kafka;

import io.framewarden.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The properties of every client. All of them carry bytes: messages are decoded by their topic's
 * codec after the poll, so that the original bytes of an unreadable one are still at hand.
 */
public final class ClientProperties {
  private static final int BATCH_BYTES = 1 << 20;
  private static final long BUFFER_BYTES = 64L << 20;

  private final KafkaConnection connection;

  public ClientProperties(KafkaConnection connection) {
    this.connection = connection;
  }

  /** An admin client's properties. */
  public Map<String, Object> admin() {
    return common();
  }

  /**
   * An idempotent producer's properties. Face frames do not compress enough to pay for it, so
   * compression is off; batches are large and wait a little.
   */
  public Map<String, Object> producer() {
    Map<String, Object> properties = common();
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_DEAD_LETTER_BYTES);
    return properties;
  }

  /** A transactional producer's properties. */
  public Map<String, Object> transactionalProducer(String transactionalId) {
    Map<String, Object> properties = producer();
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return properties;
  }

  /** A consumer's properties: committed records only, offsets committed by hand. */
  public Map<String, Object> consumer(String group) {
    Map<String, Object> properties = reader();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    return properties;
  }

  /** A consumer that belongs to no group and reads from the beginning unless it seeks. */
  public Map<String, Object> reader() {
    Map<String, Object> properties = common();
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
    return properties;
  }

  /** As {@link #reader()}, for single records: at most so many bytes are fetched ahead. */
  public Map<String, Object> reader(int fetchedBytes) {
    Map<String, Object> properties = reader();
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchedBytes);
    return properties;
  }

  /**
   * Closes a consumer that belongs to no group. It has nothing to tell the broker, and does not
   * wait for the fetch in flight, which the broker answers up to half a second later.
   */
  static void closeReader(Consumer<?, ?> reader) {
    reader.close(CloseOptions.timeout(Duration.ZERO));
  }

  /** What every client shares; Kafka Streams starts from these too. */
  public Map<String, Object> common() {
    Map<String, Object> properties = new HashMap<>(connection.clientProperties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
    return properties;
  }
}
