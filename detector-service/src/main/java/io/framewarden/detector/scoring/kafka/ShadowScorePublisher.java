package io.framewarden.detector.scoring.kafka;

import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FrameScore;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends the shadow model's scores, outside of the scorer's transactions: one may be lost or sent
 * twice, and none may delay the active model's. Connects with the first score. For one thread.
 */
final class ShadowScorePublisher implements Consumer<FrameScore>, AutoCloseable {
  /** A broker that does not answer must not block the engine's thread for long. */
  private static final int TIMEOUT_MS = 1000;

  private static final long BUFFER_BYTES = 8L << 20;

  private final KafkaConnection connection;
  private KafkaProducer<byte[], byte[]> producer;

  ShadowScorePublisher(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * Sends a score.
   *
   * @throws org.apache.kafka.common.KafkaException when it cannot be queued for sending in time
   */
  @Override
  public void accept(FrameScore score) {
    if (producer == null) {
      Map<String, Object> properties = new ClientProperties(connection).producer();
      properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
      properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
      producer = new KafkaProducer<>(properties);
    }
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.SHADOW_SCORES.name(),
                Topics.SHADOW_SCORES.key().encode(score.getVideoId()),
                Topics.SHADOW_SCORES.value().encode(score)));
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofMillis(TIMEOUT_MS));
    }
  }
}
