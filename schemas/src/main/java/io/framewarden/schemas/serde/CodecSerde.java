package io.framewarden.schemas.serde;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Adapts a {@link Codec} to Kafka's {@link Serde}. Safe for several threads.
 *
 * @param <T> the type that is encoded
 */
public final class CodecSerde<T> implements Serde<T> {
  private final Codec<T> codec;

  public CodecSerde(Codec<T> codec) {
    this.codec = codec;
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> codec.encode(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> codec.decode(bytes);
  }
}
