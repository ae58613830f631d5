package io.framewarden.runtime.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter as it is read back. Anybody with access to the brokers may have written it, so its
 * texts are a stranger's and its origin may be missing.
 *
 * @param partition of the dead letter's own topic
 * @param offset of the dead letter itself
 * @param time when it was sent
 * @param reason why, in lower case; empty where none is said
 * @param message what was wrong; empty where it is not said
 * @param originTopic the topic that the record was read from; empty where it is not said
 * @param originPartition empty where none is said
 * @param originOffset empty where none is said
 * @param key the record's, read as UTF-8; empty where it had none
 * @param value the record's bytes, read-only; none for a tombstone
 */
public record DeadLetter(
    int partition,
    long offset,
    Instant time,
    String reason,
    String message,
    String originTopic,
    OptionalLong originPartition,
    OptionalLong originOffset,
    String key,
    ByteBuffer value) {

  /** Reads a record of the dead letters. */
  public static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        text(record, DeadLetters.REASON),
        text(record, DeadLetters.MESSAGE),
        text(record, DeadLetters.ORIGIN_TOPIC),
        number(record, DeadLetters.ORIGIN_PARTITION),
        number(record, DeadLetters.ORIGIN_OFFSET),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
        ByteBuffer.wrap(record.value() == null ? new byte[0] : record.value()).asReadOnlyBuffer());
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .orElse("");
  }

  private static OptionalLong number(ConsumerRecord<byte[], byte[]> record, String name) {
    try {
      return OptionalLong.of(Long.parseLong(text(record, name)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
