package io.framewarden.ingest.publish;

import io.framewarden.ingest.upload.UploadSink;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Puts uploads on the video-uploads topic and waits for the acknowledgement. The topic must exist.
 * Safe for several threads. Owns its producer.
 */
public final class KafkaUploadSink implements UploadSink, AutoCloseable {
  private final Producer<byte[], byte[]> producer;

  public KafkaUploadSink(KafkaConnection connection) {
    this(new KafkaProducer<>(new ClientProperties(connection).producer()));
  }

  KafkaUploadSink(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  @Override
  public void publish(VideoUpload upload) throws IOException {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.VIDEO_UPLOADS.name(),
            Topics.VIDEO_UPLOADS.key().encode(upload.getVideoId()),
            Topics.VIDEO_UPLOADS.value().encode(upload));
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw notTaken(e.getCause());
    } catch (KafkaException e) {
      throw notTaken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while handing the upload to Kafka");
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private static IOException notTaken(Throwable cause) {
    return new IOException(
        "the upload was not taken by Kafka; check the brokers and upload again: "
            + cause.getMessage(),
        cause);
  }
}
