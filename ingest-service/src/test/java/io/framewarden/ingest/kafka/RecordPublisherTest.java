package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class RecordPublisherTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final RecordPublisher publisher = new RecordPublisher(producer);

  @Test
  void oneFailedCallbackStopsEverythingAfterIt() throws Exception {
    publisher.send(new ProducerRecord<>("face-frames", new byte[] {1}));
    producer.errorNext(new RecordTooLargeException("too large"));
    assertThrows(PublishException.class, publisher::awaitAcknowledged);
    assertThrows(
        PublishException.class,
        () -> publisher.send(new ProducerRecord<>("video-markers", new byte[] {2})));
    assertEquals(1, producer.history().size());
  }
}
