package io.framewarden.ingest.kafka;

import io.framewarden.ingest.sources.InvalidEventException;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One S3 event message to uploads, or to the dead letters. What fails to be read, stored or
 * announced for a reason that may pass is waited for, with longer and longer pauses, for as long as
 * it lasts. One thread, but for {@link #waitsFor}.
 */
final class S3EventRecordHandler {
  private static final Logger LOG = LoggerFactory.getLogger(S3EventRecordHandler.class);
  private static final long READY_POLL_MILLIS = 100;

  /** Submits the objects that a message names. */
  @FunctionalInterface
  interface Handler {
    void handle(byte[] message) throws InvalidEventException, IOException;
  }

  /**
   * How long to wait before the next try.
   *
   * @param first after the first failure; doubled after each that follows
   * @param longest how long at most
   */
  record Backoff(Duration first, Duration longest) {
    static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));

    private long millis(int failures) {
      return Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, Integer.SIZE - 1));
    }
  }

  private final Handler handler;
  private final DeadLetters deadLetters;
  private final BooleanSupplier ready;
  private final Backoff backoff;
  private volatile String waitsFor = "";

  /**
   * @param ready whether uploads may be taken yet
   */
  S3EventRecordHandler(
      Handler handler, DeadLetters deadLetters, BooleanSupplier ready, Backoff backoff) {
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.ready = ready;
    this.backoff = backoff;
  }

  /** Why the message at hand cannot be handled now; empty where it can. */
  String waitsFor() {
    return waitsFor;
  }

  /**
   * Handles one message.
   *
   * @param publisher of its dead letter, if it comes to one
   * @throws InterruptedException when the process ends; the message will come again
   */
  void handle(ConsumerRecord<byte[], byte[]> record, RecordPublisher publisher)
      throws PublishException, InterruptedException {
    while (!ready.getAsBoolean()) {
      Thread.sleep(READY_POLL_MILLIS);
    }
    for (int failures = 0; !tryOnce(record, publisher); failures++) {
      Thread.sleep(backoff.millis(failures));
    }
    waitsFor = "";
  }

  /** Whether the message is done with. */
  private boolean tryOnce(ConsumerRecord<byte[], byte[]> record, RecordPublisher publisher)
      throws PublishException {
    FailureReason reason;
    String message;
    try {
      handler.handle(record.value());
      return true;
    } catch (InvalidEventException e) {
      reason = e.reason();
      message = e.getMessage();
    } catch (IOException e) {
      waitsFor = e.toString();
      LOG.warn("the S3 event at {} waits: {}", record.offset(), waitsFor);
      return false;
    } catch (IllegalArgumentException e) {
      LOG.error("the S3 event at {} cannot be handled", record.offset(), e);
      reason = FailureReason.INVALID_MESSAGE;
      message = "its bucket or key cannot be used: " + e.getMessage();
    }
    publisher.send(deadLetters.letter(record, reason, message));
    publisher.awaitAcknowledged();
    return true;
  }
}
