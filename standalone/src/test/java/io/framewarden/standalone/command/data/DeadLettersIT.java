package io.framewarden.standalone.command.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.v1.FailureReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three letters of ours, and a record that somebody else wrote to their topic. */
@Timeout(200)
class DeadLettersIT {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path folder;

  @BeforeAll
  @SuppressWarnings("FutureReturnValueIgnored") // what was not sent is missed below
  static void write() {
    KafkaConnection connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(List.of(Topics.DEAD_LETTERS));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(connection).producer())) {
      producer.send(letter("face-frames", 7, FailureReason.UNREADABLE_MESSAGE, "no protobuf"));
      producer.send(letter("face-frames", 8, FailureReason.INVALID_MESSAGE, "no size"));
      producer.send(letter("face-frames", 9, FailureReason.INVALID_MESSAGE, "a size of -1"));
      ProducerRecord<byte[], byte[]> strange =
          new ProducerRecord<>(Topics.DEAD_LETTERS.name(), 0, null, null);
      strange.headers().add(DeadLetters.ORIGIN_TOPIC, utf8("a/../../b\u001b[2J"));
      producer.send(strange);
    }
  }

  @Test
  void countsThemByTopicAndReason() {
    List<String> lines = letters().out().lines().toList();
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(lines.get(1).startsWith("a/../../b\\u001b[2J  -"), lines.get(1));
    assertTrue(
        lines.get(2).matches("face-frames +invalid_message +2 +6 .* a size of -1"), lines.get(2));
    assertTrue(
        lines.get(3).matches("face-frames +unreadable_message +1 +3 .* no protobuf"), lines.get(3));
  }

  @Test
  void printsEachOne() {
    CommandRun answer = letters("--each", "--topic", "face-frames", "--reason", "INVALID_MESSAGE");
    assertEquals(2, answer.out().lines().count(), answer.out());
    assertTrue(
        answer.out().contains("  face-frames 5:8  invalid_message  3 bytes  no size\n"),
        answer.out());
    for (JsonNode letter : letters("--json", "--topic", "face-frames").lines()) {
      assertEquals("video", letter.get("key").asText());
      assertEquals(5, letter.at("/origin/partition").asInt());
      assertEquals(3, letter.get("bytes").asInt());
    }
    assertFalse(letters("--json").out().contains("\u001b"));
  }

  @Test
  void savesTheBytesUnderNamesOfItsOwn() throws Exception {
    Path out = folder.resolve("new/letters");
    List<JsonNode> letters = letters("--json", "--out", out.toString()).lines();
    List<String> expected = new ArrayList<>();
    for (JsonNode letter : letters) {
      String name = letter.get("partition").asInt() + "-" + letter.get("offset").asLong() + ".bin";
      expected.add(name);
      byte[] bytes = letter.get("bytes").asInt() == 0 ? new byte[0] : BYTES;
      assertArrayEquals(bytes, Files.readAllBytes(out.resolve(name)));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          expected.stream().sorted().toList(),
          files
              .filter(Files::isRegularFile)
              .map(f -> f.getFileName().toString())
              .sorted()
              .toList());
    }
    assertEquals(4, expected.size());
  }

  @Test
  void beginsWhereItIsTold() {
    assertEquals("", letters("--each", "--from", "2999-01-01").out());
    for (String wrong : List.of("yesterday", "999:0")) {
      CommandRun answer = letters("--from", wrong);
      assertEquals(2, answer.status());
      assertTrue(answer.err().contains(wrong.split(":")[0]), answer.err());
    }
  }

  private static CommandRun letters(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("dead-letters", "--broker", TestBroker.bootstrapServers()));
    arguments.addAll(List.of(more));
    return CommandRun.of(FramewardenMain::run, arguments.toArray(String[]::new));
  }

  private static ProducerRecord<byte[], byte[]> letter(
      String topic, long offset, FailureReason reason, String message) {
    return DeadLetters.uncounted(
        new ConsumerRecord<>(topic, 5, offset, utf8("video"), BYTES), reason, message);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
