package io.framewarden.ingest.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class UploadConsumerTest {
  private static final TopicPartition PARTITION =
      new TopicPartition(Topics.VIDEO_UPLOADS.name(), 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final CountDownLatch release = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<Long> handled = new ConcurrentLinkedQueue<>();

  @Test
  void keepsPollingWhileAVideoIsInWorkAndCommitsWhenItIsDone() throws Exception {
    try (UploadConsumer uploads =
        new UploadConsumer(
            "test",
            Topics.VIDEO_UPLOADS.name(),
            consumer,
            record -> {
              release.await();
              handled.add(record.offset());
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
        new UploadConsumer(
            "test",
            Topics.VIDEO_UPLOADS.name(),
            consumer,
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

  private void assign() {
    consumer.rebalance(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  private void add(long offset) {
    consumer.addRecord(
        new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], new byte[] {1}));
  }
}
