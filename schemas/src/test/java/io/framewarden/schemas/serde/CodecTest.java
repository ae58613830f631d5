package io.framewarden.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.Decision;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  private static final FrameScore SCORE =
      FrameScore.newBuilder().setVideoId("v").setAttempt(1).setProbability(0.5).build();

  static List<Topic<String, ? extends Message>> messageTopics() {
    return List.of(
        Topics.VIDEO_UPLOADS,
        Topics.FACE_FRAMES,
        Topics.VIDEO_MARKERS,
        Topics.FRAME_SCORES,
        Topics.VERDICTS,
        Topics.MODERATOR_DECISIONS,
        Topics.MODEL_RELEASES);
  }

  @ParameterizedTest
  @MethodSource("messageTopics")
  void garbageIsAnUnreadableMessage(Topic<String, ? extends Message> topic) {
    byte[] garbage = "this is no message".getBytes(StandardCharsets.UTF_8);
    assertReason(FailureReason.UNREADABLE_MESSAGE, topic, garbage);
  }

  @ParameterizedTest
  @MethodSource("messageTopics")
  void emptyBytesAreAMessageWithoutItsIds(Topic<String, ? extends Message> topic) {
    assertReason(FailureReason.INVALID_MESSAGE, topic, new byte[0]);
  }

  @ParameterizedTest
  @MethodSource("messageTopics")
  void nullStaysNullBothWays(Topic<String, ? extends Message> topic) {
    assertNull(topic.value().decode(null));
    assertNull(topic.value().encode(null));
    assertNull(topic.key().decode(null));
    assertNull(topic.key().encode(null));
    assertNull(topic.valueSerde().deserializer().deserialize(topic.name(), null));
  }

  @Test
  void aMessageCutShortIsUnreadable() {
    byte[] whole = Topics.FRAME_SCORES.value().encode(SCORE);
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    assertReason(FailureReason.UNREADABLE_MESSAGE, Topics.FRAME_SCORES, cut);
  }

  static Stream<Arguments> invalid() {
    VideoUpload.Builder upload = VideoUpload.newBuilder().setVideoId("v").setSourceUri("file:///v");
    FaceFrame.Builder frame = FaceFrame.newBuilder().setVideoId("v").setAttempt(1);
    VideoMarker.Builder marker = VideoMarker.newBuilder().setVideoId("v").setAttempt(1);
    ModelRelease.Builder release =
        ModelRelease.newBuilder()
            .setModelName("m")
            .setModelDigest("d")
            .setArtifactUri("file:///m")
            .setStage(ReleaseStage.ACTIVE);
    return Stream.of(
        invalid(Topics.VIDEO_UPLOADS, upload.clone().clearVideoId(), "video_id"),
        invalid(Topics.VIDEO_UPLOADS, upload.clone().clearSourceUri(), "source_uri"),
        invalid(Topics.VIDEO_UPLOADS, upload.clone().setSizeBytes(-1), "size_bytes"),
        invalid(Topics.FACE_FRAMES, frame.clone().clearVideoId(), "video_id"),
        invalid(Topics.FACE_FRAMES, frame.clone().clearAttempt(), "attempt 0"),
        invalid(Topics.FACE_FRAMES, frame.clone().setSeq(-1), "-1 is negative"),
        invalid(Topics.VIDEO_MARKERS, marker.clone().setFaceFrames(-2), "-2 is negative"),
        invalid(
            Topics.VIDEO_MARKERS,
            marker.clone().setFaceFrames(3).setFailure(FailureReason.CORRUPT),
            "must not announce"),
        invalid(
            Topics.VIDEO_MARKERS,
            marker.clone().setFailure(FailureReason.CORRUPT).setRetryAtUs(1),
            "tried again"),
        invalid(Topics.FRAME_SCORES, SCORE.toBuilder().setProbability(1.01), "1.01"),
        invalid(Topics.FRAME_SCORES, SCORE.toBuilder().setProbability(Double.NaN), "NaN"),
        invalid(Topics.FRAME_SCORES, SCORE.toBuilder().setLogit(1 / 0.0), "not finite"),
        invalid(Topics.VERDICTS, Verdict.newBuilder().setVideoId("v"), "status"),
        invalid(Topics.MODERATOR_DECISIONS, Decision.newBuilder().setVideoId("v"), "moderator"),
        invalid(Topics.MODEL_RELEASES, release.clone().clearModelName(), "model_name"),
        invalid(Topics.MODEL_RELEASES, release.clone().clearModelDigest(), "model_digest"),
        invalid(Topics.MODEL_RELEASES, release.clone().clearArtifactUri(), "artifact_uri"),
        invalid(Topics.MODEL_RELEASES, release.clone().clearStage(), "stage"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("invalid")
  void aMessageThatBreaksItsContractIsInvalidAndSaysWhy(
      Topic<String, ? extends Message> topic, Message message, String mentioned) {
    UnreadableMessageException e =
        assertReason(FailureReason.INVALID_MESSAGE, topic, message.toByteArray());
    assertTrue(e.getMessage().contains(mentioned), e.getMessage());
    assertTrue(e.getMessage().contains(message.getDescriptorForType().getName()), e.getMessage());
  }

  @Test
  void aFailedScoreNeedsNoProbability() {
    FrameScore failed =
        SCORE.toBuilder().setProbability(-1).setFailure(FailureReason.MALFORMED_PIXELS).build();
    assertEquals(failed, Topics.FRAME_SCORES.value().decode(failed.toByteArray()));
  }

  @Test
  void aFaceFrameWithDamagedPixelsIsReadForItsIds() {
    FaceFrame damaged =
        FaceFrame.newBuilder().setVideoId("v").setAttempt(1).setWidth(224).setHeight(224).build();
    assertEquals(damaged, Topics.FACE_FRAMES.value().decode(damaged.toByteArray()));
  }

  @Test
  void aFieldOfANewerVersionIsCarriedAlong() {
    byte[] newer = {(byte) 0xa2, (byte) 0x3e, 1, 'x'}; // field 996, one byte
    byte[] whole = Topics.FRAME_SCORES.value().encode(SCORE);
    byte[] bytes = Arrays.copyOf(whole, whole.length + newer.length);
    System.arraycopy(newer, 0, bytes, whole.length, newer.length);
    FrameScore read = Topics.FRAME_SCORES.value().decode(bytes);
    assertArrayEquals(bytes, Topics.FRAME_SCORES.value().encode(read));
  }

  @Test
  void keysAreUtf8() {
    byte[] bytes = Topics.VERDICTS.key().encode("größe");
    assertArrayEquals("größe".getBytes(StandardCharsets.UTF_8), bytes);
    assertEquals("größe", Topics.VERDICTS.keySerde().deserializer().deserialize("t", bytes));
  }

  @Test
  void deadLettersKeepTheBytesThatCame() {
    byte[] any = {-1, 0, 1};
    assertArrayEquals(any, Topics.DEAD_LETTERS.value().decode(any));
    assertArrayEquals(any, Topics.DEAD_LETTERS.value().encode(any));
  }

  private static Arguments invalid(
      Topic<String, ? extends Message> topic, Message.Builder message, String mentioned) {
    return Arguments.of(topic, message.build(), mentioned);
  }

  private static UnreadableMessageException assertReason(
      FailureReason reason, Topic<String, ? extends Message> topic, byte[] bytes) {
    UnreadableMessageException e =
        assertThrows(UnreadableMessageException.class, () -> topic.value().decode(bytes));
    assertEquals(reason, e.reason(), e.getMessage());
    return e;
  }
}
