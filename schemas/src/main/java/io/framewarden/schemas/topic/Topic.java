package io.framewarden.schemas.topic;

import io.framewarden.schemas.serde.Codec;
import io.framewarden.schemas.serde.CodecSerde;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic and everything that its readers and writers must agree on. Immutable.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 * @param name the topic's name
 * @param key the codec of keys
 * @param value the codec of values, which checks the message's contract
 * @param partitions how many partitions a new topic gets in production
 * @param config broker configuration of a new topic, by its Kafka names
 */
public record Topic<K, V>(
    String name, Codec<K> key, Codec<V> value, int partitions, Map<String, String> config) {

  public Topic {
    config = Map.copyOf(config);
  }

  /** The key's codec as a Kafka serde. */
  public Serde<K> keySerde() {
    return new CodecSerde<>(key);
  }

  /** The value's codec as a Kafka serde. */
  public Serde<V> valueSerde() {
    return new CodecSerde<>(value);
  }
}
