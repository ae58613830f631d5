package io.framewarden.detector.verdict.topology;

import static io.framewarden.detector.verdict.Messages.VIDEO;
import static io.framewarden.detector.verdict.Messages.marker;
import static io.framewarden.detector.verdict.Messages.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.v1.VerdictStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tombstone on video-markers does. */
class DeletionTest {
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
  void deletesTheVerdictAndTheState() {
    topology.send(marker(2));
    topology.send(score(0, 0.9));
    topology.send(score(1, 0.9));
    assertEquals(VerdictStatus.FINAL, topology.verdict().getStatus());
    topology.sendMarkerBytes(VIDEO, null);
    assertEquals(List.of(VIDEO), topology.deletions());
    assertTrue(topology.deadLetters().isEmpty());
    topology.sendMarkerBytes(VIDEO, null);
    assertEquals(List.of(VIDEO), topology.deletions());
  }

  @Test
  void lateRecordsDoNotBringAVerdictBack() {
    topology.send(score(0, 0.9));
    assertEquals(1, topology.metric("framewarden_videos_open"));
    topology.sendMarkerBytes(VIDEO, null);
    assertEquals(List.of(VIDEO), topology.deletions());
    assertEquals(0, topology.metric("framewarden_videos_open"));
    topology.send(score(1, 0.9));
    topology.send(marker(2));
    topology.advance(Duration.ofMinutes(30));
    assertTrue(topology.verdicts().isEmpty());
    assertTrue(topology.deadLetters().isEmpty());
  }

  @Test
  void aTombstoneWithoutAKeyIsDeadLettered() {
    topology.sendMarkerBytes(null, null);
    var letters = topology.deadLetters();
    assertEquals(1, letters.size());
    assertEquals(
        "invalid_message",
        new String(
            letters.get(0).headers().lastHeader(DeadLetters.REASON).value(),
            StandardCharsets.UTF_8));
  }
}
