package io.framewarden.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.framewarden.v1.FailureReason;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final byte[] KEY = {1, -1};
  private static final byte[] VALUE = {0, -128, 7};

  private final CollectorRegistry registry = new CollectorRegistry();
  private final DeadLetters deadLetters = new DeadLetters(registry);

  @Test
  void aLetterHoldsTheOriginalAndSaysWhyAndFromWhere() {
    ConsumerRecord<byte[], byte[]> origin = new ConsumerRecord<>("face-frames", 3, 42, KEY, VALUE);
    origin.headers().add("trace", new byte[] {9});
    var letter = deadLetters.letter(origin, FailureReason.UNREADABLE_MESSAGE, "not größe");
    assertEquals("dead-letters", letter.topic());
    assertArrayEquals(KEY, letter.key());
    assertArrayEquals(VALUE, letter.value());
    assertEquals("unreadable_message", header(letter, "framewarden.reason"));
    assertEquals("not größe", header(letter, "framewarden.message"));
    assertEquals("face-frames", header(letter, "framewarden.origin.topic"));
    assertEquals("3", header(letter, "framewarden.origin.partition"));
    assertEquals("42", header(letter, "framewarden.origin.offset"));
    assertArrayEquals(new byte[] {9}, letter.headers().lastHeader("trace").value());
  }

  @Test
  void aTombstoneWithoutKeyOrMessageIsALetterToo() {
    var letter =
        deadLetters.letter(
            new ConsumerRecord<>("verdicts", 0, 0, null, null),
            FailureReason.INVALID_MESSAGE,
            null);
    assertNull(letter.key());
    assertNull(letter.value());
    assertEquals("", header(letter, "framewarden.message"));
  }

  @Test
  void aLongMessageIsCutSoThatTheLetterFits() {
    var letter =
        deadLetters.letter(
            new ConsumerRecord<>("verdicts", 0, 0, KEY, VALUE),
            FailureReason.INVALID_MESSAGE,
            "x".repeat(1_000_000));
    assertEquals(1000, header(letter, "framewarden.message").length());
  }

  @Test
  void aMessageOfStrangersBreaksNoLineAndSteersNoTerminal() {
    var letter =
        deadLetters.letter(
            new ConsumerRecord<>("verdicts", 0, 0, KEY, VALUE),
            FailureReason.INVALID_MESSAGE,
            "a\r\nframewarden.reason: fine\0\u001b]0;x\u0007\u009b\u202e \ud800 größe");
    assertEquals(
        "a\\u000d\\u000aframewarden.reason: fine\\u0000\\u001b]0;x\\u0007\\u009b\\u202e \\ud800"
            + " größe",
        header(letter, "framewarden.message"));
  }

  @Test
  void headersThatTheRecordCameWithDoNotPassForOurs() {
    ConsumerRecord<byte[], byte[]> origin = new ConsumerRecord<>("events", 3, 42, KEY, VALUE);
    origin.headers().add("framewarden.reason", "forged".getBytes(StandardCharsets.UTF_8));
    origin.headers().add("framewarden.reason", "again".getBytes(StandardCharsets.UTF_8));
    origin.headers().add("framewarden.origin.topic", "other".getBytes(StandardCharsets.UTF_8));
    var letter = deadLetters.letter(origin, FailureReason.INVALID_MESSAGE, "m");
    assertEquals(1, count(letter, "framewarden.reason"));
    assertEquals("invalid_message", header(letter, "framewarden.reason"));
    assertEquals(1, count(letter, "framewarden.origin.topic"));
    assertEquals("events", header(letter, "framewarden.origin.topic"));
    assertEquals(2, count(origin.headers(), "framewarden.reason"), "the record is as it was");
  }

  @Test
  void lettersAreCountedByTopicAndReason() {
    letter("a", FailureReason.CORRUPT);
    letter("a", FailureReason.CORRUPT);
    letter("b", FailureReason.CORRUPT);
    assertEquals(2, count("a", "corrupt"));
    assertEquals(1, count("b", "corrupt"));
    assertNull(count("b", "invalid_message"));
  }

  @Test
  void servicesOfOneProcessShareTheCounter() {
    new DeadLetters(registry).count("a", 0, 0, FailureReason.CORRUPT, "m");
    letter("a", FailureReason.CORRUPT);
    assertEquals(2, count("a", "corrupt"));
  }

  private void letter(String topic, FailureReason reason) {
    deadLetters.letter(new ConsumerRecord<>(topic, 0, 0, KEY, VALUE), reason, "m");
  }

  private Double count(String topic, String reason) {
    return registry.getSampleValue(
        "framewarden_dead_letters_total",
        new String[] {"topic", "reason"},
        new String[] {topic, reason});
  }

  private static int count(ProducerRecord<byte[], byte[]> letter, String name) {
    return count(letter.headers(), name);
  }

  private static int count(Headers headers, String name) {
    int count = 0;
    for (Header header : headers.headers(name)) {
      count += header.key().equals(name) ? 1 : 0;
    }
    return count;
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
