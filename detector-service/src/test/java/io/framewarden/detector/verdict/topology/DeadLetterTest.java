package io.framewarden.detector.verdict.topology;

import static io.framewarden.detector.verdict.Messages.VIDEO;
import static io.framewarden.detector.verdict.Messages.marker;
import static io.framewarden.detector.verdict.Messages.score;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.v1.VerdictStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that cannot be used becomes a dead letter, and processing goes on. */
class DeadLetterTest {
  private static final byte[] JUNK = {(byte) 0xff, 1, 2, 3};

  @TempDir Path stateDirectory;
  private TopologyHarness topology;

  @BeforeEach
  void open() {
    topology = new TopologyHarness(Messages.config(), stateDirectory);
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void anUnreadableScoreIsDeadLetteredWithReasonAndOrigin() {
    topology.send(score(0, 0.9));
    topology.sendScoreBytes(VIDEO, JUNK);
    TestRecord<byte[], byte[]> letter = onlyLetter();
    assertArrayEquals(JUNK, letter.value());
    assertEquals(VIDEO, new String(letter.key(), StandardCharsets.UTF_8));
    assertEquals("unreadable_message", header(letter, DeadLetters.REASON));
    assertTrue(header(letter, DeadLetters.MESSAGE).contains("FrameScore"));
    assertEquals("frame-scores", header(letter, DeadLetters.ORIGIN_TOPIC));
    assertEquals("0", header(letter, DeadLetters.ORIGIN_PARTITION));
    assertEquals("1", header(letter, DeadLetters.ORIGIN_OFFSET));
    topology.send(marker(1));
    assertEquals(VerdictStatus.FINAL, topology.verdict().getStatus());
    assertEquals(2, topology.metric("framewarden_scores_received_total"));
    assertEquals(1, topology.metric("framewarden_scores_counted_total"));
    assertEquals(1, deadLettered("frame-scores", "unreadable_message"));
  }

  @Test
  void anUnreadableMarkerIsDeadLettered() {
    topology.sendMarkerBytes(VIDEO, JUNK);
    assertEquals("video-markers", header(onlyLetter(), DeadLetters.ORIGIN_TOPIC));
    assertEquals(1, deadLettered("video-markers", "unreadable_message"));
  }

  @Test
  void aRecordWithoutAValueIsDeadLettered() {
    topology.sendScoreBytes(VIDEO, null);
    assertEquals("invalid_message", header(onlyLetter(), DeadLetters.REASON));
  }

  @Test
  void aScoreUnderAnotherVideosKeyIsDeadLettered() {
    topology.sendScoreBytes("video-2", score(0, 0.9).toByteArray());
    assertTrue(
        header(onlyLetter(), DeadLetters.MESSAGE).contains("key video-2 is not its video_id"));
  }

  @Test
  void aSeqBeyondTheMarkersCountIsDeadLettered() {
    topology.send(marker(2));
    topology.send(score(2, 0.9));
    assertTrue(header(onlyLetter(), DeadLetters.MESSAGE).contains("seq 2"));
  }

  @Test
  void anAbsurdSeqIsDeadLetteredAndTakesNoMemory() {
    topology.send(score(Integer.MAX_VALUE, 0.9));
    assertEquals("invalid_message", header(onlyLetter(), DeadLetters.REASON));
    topology.send(marker(Integer.MAX_VALUE));
    assertEquals("invalid_message", header(onlyLetter(), DeadLetters.REASON));
  }

  private TestRecord<byte[], byte[]> onlyLetter() {
    var letters = topology.deadLetters();
    assertEquals(1, letters.size());
    return letters.get(0);
  }

  private double deadLettered(String topic, String reason) {
    return topology.metric(
        "framewarden_dead_letters_total",
        new String[] {"topic", "reason"},
        new String[] {topic, reason});
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
