package io.framewarden.ingest.kafka;

import io.framewarden.ingest.submission.TombstonePublisher;
import io.framewarden.ingest.submission.UploadSink;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.RecordPosition;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Decision;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Puts uploads and decisions on their topics, and tombstones on those that keep something of a
 * video, and waits for the acknowledgement. The topics must exist. Safe for several threads once
 * started. Owns its producer.
 */
public final class KafkaUploadSink implements UploadSink, TombstonePublisher, Service {
  /**
   * Where a deleted video gets a tombstone. The one on the markers makes the verdict topology
   * forget the video and delete its verdict; the one on the uploads comes last, for it is what the
   * views of uploads go by.
   */
  public static final List<Topic<String, ?>> TOMBSTONE_TOPICS =
      List.of(Topics.VIDEO_MARKERS, Topics.MODERATOR_DECISIONS, Topics.VIDEO_UPLOADS);

  private final KafkaConnection connection;
  private volatile Producer<byte[], byte[]> producer;

  public KafkaUploadSink(KafkaConnection connection) {
    this.connection = connection;
  }

  @Override
  public String name() {
    return "upload sink";
  }

  @Override
  public void start() {
    producer = new KafkaProducer<>(new ClientProperties(connection).producer());
  }

  @Override
  public Health health() {
    return producer == null ? Health.starting("not started") : Health.ready();
  }

  @Override
  public void publish(VideoUpload upload) throws IOException {
    send(
        new ProducerRecord<>(
            Topics.VIDEO_UPLOADS.name(),
            Topics.VIDEO_UPLOADS.key().encode(upload.getVideoId()),
            Topics.VIDEO_UPLOADS.value().encode(upload)));
  }

  /**
   * Records a moderator's decision.
   *
   * @return where it lies when it is safe
   * @throws IOException when it is not; it may be tried again
   */
  public RecordPosition publish(Decision decision) throws IOException {
    return send(
        new ProducerRecord<>(
            Topics.MODERATOR_DECISIONS.name(),
            Topics.MODERATOR_DECISIONS.key().encode(decision.getVideoId()),
            Topics.MODERATOR_DECISIONS.value().encode(decision)));
  }

  @Override
  public void publishTombstones(String videoId) throws IOException {
    for (Topic<String, ?> topic : TOMBSTONE_TOPICS) {
      send(new ProducerRecord<>(topic.name(), topic.key().encode(videoId), null));
    }
  }

  private RecordPosition send(ProducerRecord<byte[], byte[]> record) throws IOException {
    try {
      RecordMetadata sent = producer.send(record).get();
      return new RecordPosition(sent.partition(), sent.offset());
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (KafkaException | IllegalStateException e) { // the latter once it is closed
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while sending to Kafka");
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close();
    }
  }

  private static IOException failure(Throwable cause) {
    return new IOException(
        "Kafka did not acknowledge it; check the brokers and try again: " + cause.getMessage(),
        cause);
  }
}
