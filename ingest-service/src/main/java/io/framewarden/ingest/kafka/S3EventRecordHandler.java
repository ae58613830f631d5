package io.framewarden.ingest.kafka;

import io.framewarden.ingest.sources.InvalidEventException;
import io.framewarden.ingest.submission.DiskFullErrors;
import io.framewarden.runtime.kafka.DeadLetters;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One S3 event message to uploads, or to the dead letters. A full store delays it for as long as it
 * is full; any other failure to read, store or announce is tried a few times, then it is fatal. One
 * thread.
 */
final class S3EventRecordHandler {
  static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(S3EventRecordHandler.class);
  private static final int MAX_ATTEMPTS = 5;

  /** Submits the objects that a message names. */
  @FunctionalInterface
  interface Handler {
    void handle(byte[] message) throws InvalidEventException, IOException;
  }

  private final Handler handler;
  private final RecordPublisher publisher;
  private final DeadLetters deadLetters;
  private final BooleanSupplier ready;
  private final Duration retryInterval;

  /**
   * @param ready whether uploads may be taken yet
   * @param retryInterval before the next try
   */
  S3EventRecordHandler(
      Handler handler,
      RecordPublisher publisher,
      DeadLetters deadLetters,
      BooleanSupplier ready,
      Duration retryInterval) {
    this.handler = handler;
    this.publisher = publisher;
    this.deadLetters = deadLetters;
    this.ready = ready;
    this.retryInterval = retryInterval;
  }

  /**
   * Handles one message.
   *
   * @throws IOException when it cannot be handled here and now: fatal
   * @throws InterruptedException when the process ends; the message will come again
   */
  void handle(ConsumerRecord<byte[], byte[]> record)
      throws PublishException, IOException, InterruptedException {
    while (!ready.getAsBoolean()) {
      Thread.sleep(Math.min(retryInterval.toMillis(), 100));
    }
    int failures = 0;
    while (true) {
      try {
        handler.handle(record.value());
        return;
      } catch (InvalidEventException e) {
        publisher.send(deadLetters.letter(record, e.reason(), e.getMessage()));
        publisher.awaitAcknowledged();
        return;
      } catch (IOException e) {
        failures += DiskFullErrors.isCauseOf(e) ? 0 : 1;
        if (failures == MAX_ATTEMPTS) {
          throw e;
        }
        LOG.warn("the S3 event at {} waits: {}", record.offset(), e.toString());
        Thread.sleep(retryInterval.toMillis());
      }
    }
  }
}
