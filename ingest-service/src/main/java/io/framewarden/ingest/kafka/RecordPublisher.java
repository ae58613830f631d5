package io.framewarden.ingest.kafka;

import io.framewarden.ingest.pace.FrameFlowListener;
import io.framewarden.schemas.topic.Topic;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Sends records and keeps the first error of any of them: from then on nothing is sent. What is in
 * flight is bounded by the producer's buffer, which blocks the sender when full. Used by one thread
 * at a time; does not own the producer.
 */
final class RecordPublisher {
  private final Producer<byte[], byte[]> producer;
  private final FrameFlowListener flow;
  private final AtomicReference<PublishException> failure = new AtomicReference<>();

  RecordPublisher(Producer<byte[], byte[]> producer) {
    this(producer, FrameFlowListener.NONE);
  }

  /**
   * @param flow is told of the bytes
   */
  RecordPublisher(Producer<byte[], byte[]> producer, FrameFlowListener flow) {
    this.producer = producer;
    this.flow = flow;
  }

  /** Sends without waiting; {@code key} may be null. */
  <V> void send(Topic<String, V> topic, String key, V value) throws PublishException {
    send(new ProducerRecord<>(topic.name(), topic.key().encode(key), topic.value().encode(value)));
  }

  /** Sends without waiting. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
  void send(ProducerRecord<byte[], byte[]> record) throws PublishException {
    check();
    int bytes = record.value() == null ? 0 : record.value().length;
    flow.sent(bytes);
    try {
      producer.send(
          record,
          (metadata, error) -> {
            flow.acknowledged(bytes);
            note(record.topic(), error);
          });
    } catch (KafkaException e) {
      throw new PublishException("a record for " + record.topic(), e);
    }
  }

  /** Returns when everything sent so far has been acknowledged. */
  void awaitAcknowledged() throws PublishException {
    producer.flush();
    check();
  }

  private void note(String topic, Exception error) {
    if (error != null) {
      failure.compareAndSet(null, new PublishException("a record for " + topic, error));
    }
  }

  private void check() throws PublishException {
    PublishException first = failure.get();
    if (first != null) {
      throw first;
    }
  }
}
