package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.status.PendingRetry;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.VideoUpload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class UploadConsumerTest {
  private static final TopicPartition PARTITION =
      new TopicPartition(Topics.VIDEO_UPLOADS.name(), 0);

  /** Among the offsets that were handled. */
  private static final long RETRY = -1;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<Long> handled = new ConcurrentLinkedQueue<>();
  private final AtomicInteger committed = new AtomicInteger();
  private final ShutdownGrace grace = new ShutdownGrace(Duration.ofSeconds(20));
  private final UploadConsumer.Retries retries = new UploadConsumer.Retries(this::due, this::retry);
  private HandlingResult retried = HandlingResult.NOTHING;
  private volatile Instant retryAt;
  private boolean deleted;

  @Test
  void keepsPollingWhileAVideoIsInWorkAndCommitsWhenItIsDone() throws Exception {
    try (UploadConsumer uploads =
        uploads(
            record -> {
              release.await();
              handled.add(record.offset());
              return HandlingResult.NOTHING;
            })) {
      assign();
      add(0);
      for (int i = 0; i < 5; i++) {
        uploads.step();
        assertEquals(Set.of(PARTITION), consumer.paused());
        assertTrue(consumer.committed(Set.of(PARTITION)).isEmpty());
      }
      release.countDown();
      while (!consumer.paused().isEmpty()) {
        uploads.step();
      }
      assertEquals(1, consumer.committed(Set.of(PARTITION)).get(PARTITION).offset());
      add(1);
      while (handled.size() < 2 || !consumer.paused().isEmpty()) {
        uploads.step();
      }
      assertEquals(List.of(0L, 1L), List.copyOf(handled));
      assertEquals(2, consumer.committed(Set.of(PARTITION)).get(PARTITION).offset());
    }
    assertTrue(consumer.closed());
  }

  @Test
  void aFatalHandlerEndsTheStepAndCommitsNothing() {
    try (UploadConsumer uploads =
        uploads(
            record -> {
              throw new IllegalStateException("fatal");
            })) {
      assign();
      add(0);
      assertThrows(
          IllegalStateException.class,
          () -> {
            while (true) {
              uploads.step();
            }
          });
      assertTrue(consumer.committed(Set.of(PARTITION)).isEmpty());
    }
  }

  @Test
  void theMarkerAndTheOffsetAreCommittedTogetherOrNotAtAll() throws Exception {
    MockProducer<byte[], byte[]> markers = markers();
    AtomicInteger counted = new AtomicInteger();
    HandlingResult marked =
        new HandlingResult(
            new ProducerRecord<>(Topics.VIDEO_MARKERS.name(), new byte[] {7}),
            counted::incrementAndGet);
    try (UploadConsumer uploads = uploads(record -> marked, markers)) {
      assign();
      add(0);
      markers.commitTransactionException = new CommitFailedException();
      while (!markers.transactionAborted()) {
        uploads.step();
      }
      assertTrue(markers.history().isEmpty());
      assertEquals(0, counted.get());
      markers.commitTransactionException = null;
      while (!consumer.paused().isEmpty()) {
        uploads.step();
      }
      assertEquals(1, markers.history().size());
      assertEquals(1, counted.get());
      assertEquals(
          Map.of(PARTITION, new OffsetAndMetadata(1)),
          markers.consumerGroupOffsetsHistory().get(0).values().iterator().next());
    }
  }

  @Test
  void aDeletedVideoIsStoppedAndDoneWith() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    try (UploadConsumer uploads =
        uploads(
            record -> {
              if (record.offset() == 0) {
                try {
                  begun.countDown();
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  interrupted.set(true);
                  throw e;
                }
              }
              handled.add(record.offset());
              return HandlingResult.NOTHING;
            })) {
      assign();
      add(0);
      while (consumer.paused().isEmpty()) {
        uploads.step();
      }
      begun.await();
      deleted = true;
      while (!consumer.paused().isEmpty()) {
        uploads.step();
      }
      deleted = false;
      add(1);
      while (handled.isEmpty()) {
        uploads.step();
      }
      assertTrue(interrupted.get());
      assertEquals(List.of(1L), List.copyOf(handled));
    }
  }

  @Test
  void whatEndsWithinTheGraceIsCommittedWhenTheConsumerIsClosed() {
    UploadConsumer uploads =
        uploads(
            record -> {
              closing.await();
              handled.add(record.offset());
              return HandlingResult.NOTHING;
            });
    begin(uploads);
    closing.countDown();
    consumer.wakeup(); // as the worker does
    uploads.close();
    assertEquals(List.of(0L), List.copyOf(handled));
    assertEquals(1, committed.get());
  }

  @Test
  void whatDoesNotEndWithinTheGraceIsHandedBack() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ShutdownGrace none = new ShutdownGrace(Duration.ZERO);
    AtomicBoolean interrupted = new AtomicBoolean();
    try (UploadConsumer uploads =
        uploads(
            record -> {
              try {
                begun.countDown();
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return HandlingResult.NOTHING;
            },
            none)) {
      begin(uploads);
      begun.await();
      none.begin();
    }
    assertTrue(interrupted.get());
    assertEquals(0, committed.get());
  }

  @Test
  void nothingIsBegunOnceTheGraceHas() throws Exception {
    grace.begin();
    try (UploadConsumer uploads =
        uploads(
            record -> {
              handled.add(record.offset());
              return HandlingResult.NOTHING;
            })) {
      assign();
      add(0);
      for (int i = 0; i < 3; i++) {
        uploads.step();
      }
      assertTrue(consumer.paused().isEmpty());
      assertTrue(handled.isEmpty());
    }
  }

  @Test
  void anExtractionIsTriedAgainOnceNoUploadWaits() throws Exception {
    retryAt = Instant.now().minusSeconds(60);
    try (UploadConsumer uploads = uploads(this::noteOffset)) {
      assign();
      add(0);
      uploads.step();
      add(1); // while the first is in work
      stepUntil(uploads, () -> handled.size() == 3);
      assertEquals(List.of(0L, 1L, RETRY), List.copyOf(handled));
      assertEquals(2, consumer.committed(Set.of(PARTITION)).get(PARTITION).offset());
      add(2);
      stepUntil(uploads, () -> handled.size() == 4);
      assertEquals(2L, List.copyOf(handled).get(3), "the topic goes on where it was");
    }
  }

  @Test
  void oneThatHasBeenDueForHoursGoesFirst() throws Exception {
    retryAt = Instant.now().minus(Duration.ofHours(2));
    try (UploadConsumer uploads = uploads(this::noteOffset)) {
      assign();
      add(0);
      stepUntil(uploads, () -> handled.size() == 2);
      assertEquals(List.of(RETRY, 0L), List.copyOf(handled));
    }
  }

  @Test
  void nothingIsTriedAgainBeforeItsTimeOrElsewhere() throws Exception {
    try (UploadConsumer uploads = uploads(this::noteOffset)) {
      retryAt = Instant.now().plusSeconds(3600);
      assign();
      add(0);
      stepUntil(uploads, () -> handled.size() == 1);
      uploads.step();
      retryAt = Instant.EPOCH;
      consumer.rebalance(List.of());
      uploads.step();
      assertEquals(List.of(0L), List.copyOf(handled));
    }
  }

  @Test
  void theMarkerOfATryIsCommittedByWhoStillHasThePartition() throws Exception {
    MockProducer<byte[], byte[]> markers = markers();
    retryAt = Instant.EPOCH;
    retried =
        new HandlingResult(
            new ProducerRecord<>(Topics.VIDEO_MARKERS.name(), new byte[] {7}), () -> {});
    try (UploadConsumer uploads = uploads(this::noteOffset, markers)) {
      assign();
      stepUntil(uploads, () -> !markers.history().isEmpty());
      assertEquals(
          Map.of(PARTITION, new OffsetAndMetadata(0)),
          markers.consumerGroupOffsetsHistory().get(0).values().iterator().next());
    }
  }

  private HandlingResult noteOffset(ConsumerRecord<byte[], byte[]> record) {
    handled.add(record.offset());
    return HandlingResult.NOTHING;
  }

  /** Steps until it is so and nothing is in work. */
  private void stepUntil(UploadConsumer uploads, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() || !consumer.paused().isEmpty()) {
      assertTrue(System.nanoTime() < end, "handled: " + handled);
      uploads.step();
    }
  }

  /** The one extraction that waits; it is not due any more once it was tried. */
  private Optional<PendingRetry> due(Instant time, Predicate<String> mine) {
    boolean isDue = retryAt != null && !retryAt.isAfter(time) && mine.test("v");
    return isDue
        ? Optional.of(new PendingRetry(VideoUpload.newBuilder().setVideoId("v").build(), 1))
        : Optional.empty();
  }

  private HandlingResult retry(PendingRetry retry) {
    retryAt = null;
    handled.add(RETRY);
    return retried;
  }

  private void begin(UploadConsumer uploads) {
    assign();
    add(0);
    try {
      while (consumer.paused().isEmpty()) {
        uploads.step();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private UploadConsumer uploads(UploadConsumer.Handler handler) {
    return uploads(handler, grace);
  }

  private UploadConsumer uploads(UploadConsumer.Handler handler, ShutdownGrace until) {
    OffsetCommit counting =
        (from, offsets, last) -> {
          from.commitSync(offsets);
          committed.incrementAndGet();
        };
    return new UploadConsumer(
        "test",
        Topics.VIDEO_UPLOADS.name(),
        consumer,
        handler,
        counting,
        key -> deleted,
        until,
        retries);
  }

  private UploadConsumer uploads(
      UploadConsumer.Handler handler, MockProducer<byte[], byte[]> markers) {
    return new UploadConsumer(
        "test",
        Topics.VIDEO_UPLOADS.name(),
        consumer,
        handler,
        OffsetCommit.transactional(markers),
        key -> deleted,
        grace,
        retries);
  }

  private static MockProducer<byte[], byte[]> markers() {
    MockProducer<byte[], byte[]> markers =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    markers.initTransactions();
    return markers;
  }

  private void assign() {
    consumer.rebalance(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updatePartitions(
        PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, null, null, null)));
  }

  private void add(long offset) {
    consumer.addRecord(
        new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], new byte[] {1}));
  }
}
