package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.sources.InvalidEventException;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
  void whatMayPassIsWaitedForHoweverLongAndSaid() throws Exception {
    List<String> waits = new ArrayList<>();
    AtomicReference<S3EventRecordHandler> handler = new AtomicReference<>();
    handler.set(
        handler(
            message -> {
              waits.add(handler.get().waitsFor());
              if (tries.incrementAndGet() < 20) {
                throw new IOException("the store is gone");
              }
            },
            () -> true));
    handler.get().handle(record(), new RecordPublisher(producer));
    assertEquals(20, tries.get());
    assertEquals(0, producer.history().size());
    assertEquals("", waits.get(0));
    assertTrue(waits.get(19).contains("the store is gone"), waits.get(19));
    assertEquals("", handler.get().waitsFor());
  }

  @Test
  void anObjectThatNoCallCanNameIsADeadLetter() throws Exception {
    handle(
        message -> {
          throw new IllegalArgumentException("no such key");
        });
    assertEquals(Topics.DEAD_LETTERS.name(), producer.history().get(0).topic());
  }

  @Test
  void nothingIsTakenBeforeEarlierVideosAreKnown() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    handler(message -> assertEquals(3, asked.get()), () -> asked.incrementAndGet() == 3)
        .handle(record(), new RecordPublisher(producer));
    assertEquals(3, asked.get());
  }

  private void handle(S3EventRecordHandler.Handler intake) throws Exception {
    handler(intake, () -> true).handle(record(), new RecordPublisher(producer));
  }

  private S3EventRecordHandler handler(S3EventRecordHandler.Handler intake, BooleanSupplier ready) {
    return new S3EventRecordHandler(
        intake,
        new DeadLetters(registry),
        ready,
        new S3EventRecordHandler.Backoff(Duration.ZERO, Duration.ZERO));
  }

  private static ConsumerRecord<byte[], byte[]> record() {
    return new ConsumerRecord<>("events", 0, 0, null, new byte[] {1, 2});
  }
}
