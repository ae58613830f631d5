package io.framewarden.schemas.topic;

import io.framewarden.schemas.serde.Codec;
import io.framewarden.schemas.serde.CodecSerde;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic and everything that its readers and writers must agree on.
 *
 * @param name the topic's name
 * @param key how keys travel
 * @param value how values travel
 * @param partitions how many partitions a new topic gets in production
 * @param config broker configuration of a new topic
 */
public record Topic<K, V>(
    String name, Codec<K> key, Codec<V> value, int partitions, Map<String, String> config) {

  public Topic {
    config = Map.copyOf(config);
  }

  /** The key's codec as Kafka wants it. */
  public Serde<K> keySerde() {
    return new CodecSerde<>(key);
  }

  /** The value's codec as Kafka wants it. */
  public Serde<V> valueSerde() {
    return new CodecSerde<>(value);
  }
}
