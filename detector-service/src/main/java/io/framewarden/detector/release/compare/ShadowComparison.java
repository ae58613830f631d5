package io.framewarden.detector.release.compare;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FrameScore;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares two models by their scores on frame-scores and shadow-scores. Stateless. */
public final class ShadowComparison {
  private final KafkaConnection connection;

  public ShadowComparison(KafkaConnection connection) {
    this.connection = connection;
  }

  /**
   * A model of the comparison.
   *
   * @param fakeAt P(fake) from which it calls a frame fake
   */
  public record Side(String digest, double fakeAt) {}

  /**
   * Compares the scores since a time.
   *
   * @throws IllegalArgumentException when there are too many for memory
   * @throws java.io.UncheckedIOException when the broker stops answering
   */
  public ScoreComparison compare(Side active, Side shadow, Instant since) {
    ScoreJoin join =
        new ScoreJoin(active.digest(), active.fakeAt(), shadow.digest(), shadow.fakeAt());
    readAll(Topics.SHADOW_SCORES, since, join::addShadowScore);
    readAll(Topics.FRAME_SCORES, since, join::addActiveScore);
    return join.compare();
  }

  private void readAll(
      Topic<String, FrameScore> topic, Instant since, Consumer<FrameScore> reader) {
    TopicRange.read(
        connection, topic, new TopicRange.Start.At(since), message -> read(topic, message, reader));
  }

  private static void read(
      Topic<String, FrameScore> topic,
      ConsumerRecord<byte[], byte[]> message,
      Consumer<FrameScore> reader) {
    if (message.value() == null) {
      return;
    }
    FrameScore score;
    try {
      score = topic.value().decode(message.value());
    } catch (UnreadableMessageException e) {
      return; // the topic's consumer dead-letters it
    }
    reader.accept(score);
  }
}
