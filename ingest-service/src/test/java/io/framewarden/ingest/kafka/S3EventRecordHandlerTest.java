package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.framewarden.ingest.sources.InvalidEventException;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.store.StoreFullException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class S3EventRecordHandlerTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final CollectorRegistry registry = new CollectorRegistry();
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void whatCannotBeUsedIsADeadLetterWithItsBytesAndReason() throws Exception {
    handle(
        message -> {
          throw new InvalidEventException(FailureReason.SOURCE_NOT_ALLOWED, "not from there");
        });
    assertEquals(Topics.DEAD_LETTERS.name(), producer.history().get(0).topic());
    assertEquals(2, producer.history().get(0).value().length);
    assertEquals(
        1,
        registry.getSampleValue(
            "framewarden_dead_letters_total",
            new String[] {"topic", "reason"},
            new String[] {"events", "source_not_allowed"}));
  }

  @Test
  void aFullStoreIsWaitedForHoweverLong() throws Exception {
    handle(
        message -> {
          if (tries.incrementAndGet() < 20) {
            throw new StoreFullException("full", null);
          }
        });
    assertEquals(20, tries.get());
    assertEquals(0, producer.history().size());
  }

  @Test
  void anotherFailureIsFatalAfterAFewTries() {
    IOException gone = new IOException("the store is gone");
    assertEquals(
        gone,
        assertThrows(
            IOException.class,
            () ->
                handle(
                    message -> {
                      tries.incrementAndGet();
                      throw gone;
                    })));
    assertEquals(5, tries.get());
    assertEquals(0, producer.history().size());
  }

  @Test
  void nothingIsTakenBeforeEarlierVideosAreKnown() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    new S3EventRecordHandler(
            message -> assertEquals(3, asked.get()),
            new RecordPublisher(producer),
            new DeadLetters(registry),
            () -> asked.incrementAndGet() == 3,
            Duration.ZERO)
        .handle(record());
    assertEquals(3, asked.get());
  }

  private void handle(S3EventRecordHandler.Handler intake) throws Exception {
    new S3EventRecordHandler(
            intake,
            new RecordPublisher(producer),
            new DeadLetters(registry),
            () -> true,
            Duration.ZERO)
        .handle(record());
  }

  private static ConsumerRecord<byte[], byte[]> record() {
    return new ConsumerRecord<>("events", 0, 0, null, new byte[] {1, 2});
  }
}
