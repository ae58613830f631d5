package io.framewarden.schemas.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

/** Names, partitions and configuration are what a running installation has: a change is a break. */
class TopicsTest {
  private static final String WEEK = "604800000";

  @Test
  void theTenTopicsInTheOrderOfTheFlow() {
    assertEquals(
        List.of(
            "video-uploads",
            "face-frames",
            "video-markers",
            "frame-scores",
            "shadow-scores",
            "rescore-requests",
            "verdicts",
            "moderator-decisions",
            "model-releases",
            "dead-letters"),
        Topics.all().stream().map(Topic::name).toList());
  }

  @Test
  void partitionsArePinned() {
    assertEquals(
        List.of(12, 24, 12, 12, 12, 6, 12, 12, 1, 3),
        Topics.all().stream().map(Topic::partitions).toList());
  }

  @Test
  void configurationIsPinned() {
    assertEquals(Map.of("retention.ms", WEEK), Topics.VIDEO_UPLOADS.config());
    assertEquals(
        Map.of(
            "retention.ms", "86400000",
            "retention.bytes", "21474836480",
            "max.message.bytes", "8388608",
            "compression.type", "producer"),
        Topics.FACE_FRAMES.config());
    assertEquals(Map.of("retention.ms", WEEK), Topics.VIDEO_MARKERS.config());
    assertEquals(Map.of("retention.ms", WEEK), Topics.FRAME_SCORES.config());
    assertEquals(
        Map.of("cleanup.policy", "compact", "max.message.bytes", "8388608"),
        Topics.VERDICTS.config());
    assertEquals(
        Map.of("cleanup.policy", "compact,delete", "retention.ms", "157680000000"),
        Topics.MODERATOR_DECISIONS.config());
    assertEquals(Map.of("retention.ms", WEEK), Topics.SHADOW_SCORES.config());
    assertEquals(Map.of("retention.ms", "21600000"), Topics.RESCORE_REQUESTS.config());
    assertEquals(
        Map.of("cleanup.policy", "delete", "retention.ms", "-1"), Topics.MODEL_RELEASES.config());
    assertEquals(
        Map.of("retention.ms", "2419200000", "max.message.bytes", "8454144"),
        Topics.DEAD_LETTERS.config());
  }

  @Test
  void everyConfigurationNameIsOneThatKafkaKnows() {
    List<String> known =
        List.of(
            TopicConfig.RETENTION_MS_CONFIG,
            TopicConfig.RETENTION_BYTES_CONFIG,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            TopicConfig.COMPRESSION_TYPE_CONFIG,
            TopicConfig.CLEANUP_POLICY_CONFIG);
    Topics.all()
        .forEach(topic -> assertTrue(known.containsAll(topic.config().keySet()), topic.name()));
  }

  @Test
  void scoresAndMarkersAreCoPartitioned() {
    assertEquals(Topics.VIDEO_MARKERS.partitions(), Topics.FRAME_SCORES.partitions());
    assertEquals(
        new String(Topics.VIDEO_MARKERS.key().encode("v"), StandardCharsets.UTF_8),
        new String(Topics.FRAME_SCORES.key().encode("v"), StandardCharsets.UTF_8));
  }

  @Test
  void aDeadLetterHasRoomForTheLargestRecordAndItsReasons() {
    assertTrue(Topics.MAX_DEAD_LETTER_BYTES >= Topics.MAX_RECORD_BYTES + 16 * 1024);
  }

  @Test
  void aTopicsConfigurationCannotBeChanged() {
    assertThrows(UnsupportedOperationException.class, () -> Topics.VERDICTS.config().put("a", "b"));
  }
}
