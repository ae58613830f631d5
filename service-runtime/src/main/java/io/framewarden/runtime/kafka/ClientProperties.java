package io.framewarden.runtime.kafka;

import io.framewarden.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
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

  /** After this a dead member's partitions go to the others. */
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(3);

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

  /**
   * The transactional producer's properties of a group's member, whose offsets travel in its
   * transactions. The broker then refuses the commit of a member that has lost its partitions,
   * whatever its id, so the id need not be stable; a stable one lets a restarted member end at once
   * what the dead one left open, for which readers of committed records wait.
   *
   * @param instance the member's name, the same after a restart; empty for none
   * @param timeout after this the broker aborts a dead member's transaction (it checks every ten
   *     seconds); longer than any transaction's age
   */
  public Map<String, Object> memberProducer(String group, String instance, Duration timeout) {
    String name = instance.isEmpty() ? UUID.randomUUID().toString() : instance;
    Map<String, Object> properties = transactionalProducer(group + "-" + name);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) timeout.toMillis());
    return properties;
  }

  /** A consumer's properties: committed records only, offsets committed by hand. */
  public Map<String, Object> consumer(String group) {
    Map<String, Object> properties = reader();
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    return properties;
  }

  /**
   * The consumer's properties of a group's member that is missed ten seconds after its death, and
   * whose partitions stay with it while others come and go.
   *
   * @param instance the member's name: a restarted one takes the dead one's place in the group at
   *     once; empty for none
   */
  public Map<String, Object> member(String group, String instance) {
    Map<String, Object> properties = consumer(group);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
    properties.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT_INTERVAL.toMillis());
    if (!instance.isEmpty()) {
      properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
    }
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
