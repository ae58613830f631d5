package io.framewarden.detector.verdict.topology;

import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.process.PrivateDirectory;
import io.framewarden.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The Kafka Streams properties of the verdict service: exactly once, quick to start, little memory.
 */
final class StreamsProperties {
  /** Names the group, the changelog and the transactions. */
  static final String APPLICATION_ID = "framewarden-verdicts";

  private static final int COMMIT_INTERVAL_MS = 100;
  private static final int LINGER_MS = 5;
  private static final long MAX_CACHE_BYTES = 16L << 20;

  /** The minimum that brokers accept by default: a crashed instance is replaced that soon. */
  private static final int SESSION_TIMEOUT_MS = 6000;

  private static final int HEARTBEAT_INTERVAL_MS = 1500;

  private StreamsProperties() {}

  static Properties of(VerdictConfig config, KafkaConnection connection) {
    Map<String, Object> settings = new HashMap<>(new ClientProperties(connection).common());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) connection.replicationFactor());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, privately(config.stateDirectory()));
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, MAX_CACHE_BYTES);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemoryLimit.class);
    consumer(settings, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS);
    consumer(settings, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_INTERVAL_MS);
    consumer(settings, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer(settings, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
    producer(settings, ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    producer(settings, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private static String privately(Path folder) {
    try {
      return PrivateDirectory.claim(folder).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the state stores cannot be used", e);
    }
  }

  private static void consumer(Map<String, Object> settings, String name, Object value) {
    settings.put(StreamsConfig.mainConsumerPrefix(name), value);
  }

  private static void producer(Map<String, Object> settings, String name, Object value) {
    settings.put(StreamsConfig.producerPrefix(name), value);
  }
}
