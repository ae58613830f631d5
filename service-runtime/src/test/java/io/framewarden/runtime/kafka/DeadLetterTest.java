package io.framewarden.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.framewarden.v1.FailureReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final byte[] KEY = {'v', -1};
  private static final byte[] VALUE = {0, -128, 7};

  @Test
  void saysWhatTheLetterWasMadeOf() {
    ProducerRecord<byte[], byte[]> sent =
        DeadLetters.uncounted(
            new ConsumerRecord<>("face-frames", 3, 42, KEY, VALUE),
            FailureReason.UNREADABLE_MESSAGE,
            "not größe");
    ConsumerRecord<byte[], byte[]> read =
        new ConsumerRecord<>(sent.topic(), 1, 7, sent.key(), sent.value());
    sent.headers().forEach(read.headers()::add);
    DeadLetter letter = DeadLetter.of(read);
    assertEquals(1, letter.partition());
    assertEquals(7, letter.offset());
    assertEquals("unreadable_message", letter.reason());
    assertEquals("not größe", letter.message());
    assertEquals("face-frames", letter.originTopic());
    assertEquals(OptionalLong.of(3), letter.originPartition());
    assertEquals(OptionalLong.of(42), letter.originOffset());
    assertEquals("v\ufffd", letter.key());
    assertEquals(ByteBuffer.wrap(VALUE), letter.value());
  }

  @Test
  void whatSomebodyElseWroteThereIsReadAsFarAsItGoes() {
    ConsumerRecord<byte[], byte[]> read = new ConsumerRecord<>("dead-letters", 0, 0, null, null);
    read.headers().add(DeadLetters.REASON, null);
    read.headers()
        .add(DeadLetters.ORIGIN_OFFSET, "9223372036854775808".getBytes(StandardCharsets.UTF_8));
    DeadLetter letter = DeadLetter.of(read);
    assertEquals("", letter.reason());
    assertEquals("", letter.originTopic());
    assertEquals(OptionalLong.empty(), letter.originPartition());
    assertEquals(OptionalLong.empty(), letter.originOffset());
    assertEquals("", letter.key());
    assertEquals(0, letter.value().remaining());
  }
}
