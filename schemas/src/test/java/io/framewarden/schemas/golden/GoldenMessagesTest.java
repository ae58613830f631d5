package io.framewarden.schemas.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Message;
import io.framewarden.schemas.serde.ProtoJson;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.Decision;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenMessagesTest {
  private static final List<FileDescriptor> CONTRACTS =
      Stream.of(
              VideoUpload.getDescriptor(),
              FaceFrame.getDescriptor(),
              VideoMarker.getDescriptor(),
              FrameScore.getDescriptor(),
              Verdict.getDescriptor(),
              Decision.getDescriptor(),
              ModelRelease.getDescriptor(),
              RescoreRequest.getDescriptor(),
              ArchiveHeader.getDescriptor(),
              CallerReference.getDescriptor(),
              FailureReason.getDescriptor())
          .map(GenericDescriptor::getFile)
          .toList();

  static Stream<Arguments> messages() {
    return GoldenSet.all().stream()
        .flatMap(
            set ->
                set.messages().entrySet().stream()
                    .map(entry -> Arguments.of(set, entry.getKey(), entry.getValue())));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("messages")
  void bytesOfEachVersionAreReadBackFieldByField(GoldenSet set, String name, Message expected)
      throws IOException {
    Message read = expected.getParserForType().parseFrom(set.bytes(name));
    assertEquals(expected.getAllFields(), read.getAllFields());
    assertTrue(read.getUnknownFields().asMap().isEmpty(), "fields that nobody knows any more");
    assertEquals(expected, read);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("messages")
  void theSameMessageIsStillWrittenAsTheSameBytes(GoldenSet set, String name, Message expected)
      throws IOException {
    assertArrayEquals(set.bytes(name), expected.toByteArray());
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("messages")
  void jsonOfEachVersionIsReadBack(GoldenSet set, String name, Message expected)
      throws IOException {
    assertEquals(expected, ProtoJson.parse(set.json(name), expected.newBuilderForType()).build());
  }

  /** A field that is set in no golden file could change its number or type unseen. */
  @Test
  void everyFieldOfEveryMessageIsSetInSomeGoldenFile() {
    Set<String> covered = new HashSet<>();
    GoldenSet.all().forEach(set -> set.messages().values().forEach(m -> collect(m, covered)));
    Set<String> missing = new TreeSet<>();
    for (FileDescriptor file : CONTRACTS) {
      for (Descriptor type : file.getMessageTypes()) {
        type.getFields().forEach(field -> missing.add(field.getFullName()));
      }
    }
    missing.removeAll(covered);
    assertTrue(missing.isEmpty(), "add a golden set that sets " + missing + ", see the README");
  }

  /** Enum constants travel as numbers in bytes and as names in JSON: both must stay. */
  @Test
  void enumConstantsKeepTheirNumbersAndEachIsPinned() throws IOException {
    Set<String> pinned = new TreeSet<>();
    for (GoldenSet set : GoldenSet.all()) {
      pinned.addAll(set.enumConstants());
    }
    assertEquals(new TreeSet<>(GoldenWriter.enumConstants(CONTRACTS)), pinned);
  }

  @Test
  void goldenMessagesPassTheContractsOfTheirTopics() throws IOException {
    Map<String, Topic<String, ? extends Message>> topics =
        Map.of(
            "VideoUpload", Topics.VIDEO_UPLOADS,
            "FaceFrame", Topics.FACE_FRAMES,
            "VideoMarker", Topics.VIDEO_MARKERS,
            "FrameScore", Topics.FRAME_SCORES,
            "Verdict", Topics.VERDICTS,
            "Decision", Topics.MODERATOR_DECISIONS,
            "RescoreRequest", Topics.RESCORE_REQUESTS,
            "ModelRelease", Topics.MODEL_RELEASES);
    Set<String> seen = new HashSet<>();
    for (GoldenSet set : GoldenSet.all()) {
      for (Map.Entry<String, Message> entry : set.messages().entrySet()) {
        Topic<String, ? extends Message> topic =
            topics.get(entry.getValue().getDescriptorForType().getName());
        if (topic != null) {
          seen.add(topic.name());
          assertEquals(entry.getValue(), topic.value().decode(set.bytes(entry.getKey())));
        }
      }
    }
    assertEquals(topics.size(), seen.size());
  }

  static List<FileDescriptor> contracts() {
    return CONTRACTS;
  }

  private static void collect(Message message, Set<String> covered) {
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      covered.add(field.getKey().getFullName());
      if (field.getValue() instanceof Message nested) {
        collect(nested, covered);
      } else if (field.getValue() instanceof List<?> several) {
        several.stream()
            .filter(Message.class::isInstance)
            .forEach(m -> collect((Message) m, covered));
      }
    }
  }
}
