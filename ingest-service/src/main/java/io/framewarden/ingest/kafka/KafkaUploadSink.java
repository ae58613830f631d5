package io.framewarden.ingest.kafka;

import io.framewarden.ingest.submission.TombstonePublisher;
import io.framewarden.ingest.submission.UploadSink;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Puts uploads on the video-uploads topic, and tombstones on those that keep something of a video,
 * and waits for the acknowledgement. The topics must exist. Safe for several threads. Owns its
 * producer.
 */
public final class KafkaUploadSink implements UploadSink, TombstonePublisher, AutoCloseable {
  /**
   * Where a deleted video gets a tombstone. The one on the markers makes the verdict topology
   * forget the video and delete its verdict; the one on the uploads comes last, for it is what the
   * views of uploads go by.
   */
  public static final List<Topic<String, ?>> BURIED =
      List.of(Topics.VIDEO_MARKERS, Topics.MODERATOR_DECISIONS, Topics.VIDEO_UPLOADS);

  private final Producer<byte[], byte[]> producer;

  public KafkaUploadSink(KafkaConnection connection) {
    this(new KafkaProducer<>(new ClientProperties(connection).producer()));
  }

  KafkaUploadSink(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  @Override
  public void publish(VideoUpload upload) throws IOException {
    send(
        new ProducerRecord<>(
            Topics.VIDEO_UPLOADS.name(),
            Topics.VIDEO_UPLOADS.key().encode(upload.getVideoId()),
            Topics.VIDEO_UPLOADS.value().encode(upload)));
  }

  @Override
  public void bury(String videoId) throws IOException {
    for (Topic<String, ?> topic : BURIED) {
      send(new ProducerRecord<>(topic.name(), topic.key().encode(videoId), null));
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) throws IOException {
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw notTaken(e.getCause());
    } catch (KafkaException e) {
      throw notTaken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while handing it to Kafka");
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private static IOException notTaken(Throwable cause) {
    return new IOException(
        "Kafka did not take it; check the brokers and try again: " + cause.getMessage(), cause);
  }
}
