package io.framewarden.standalone.command.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(200)
class ReplayIT {
  private static final int FRAMES = 10;
  private static final double THEN = 0.01;

  private static ModelArtifact model;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void topics() {
    model = ModelArtifact.open(TestModel.folder());
    KafkaConnection connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(Topics.all());
    producer = new KafkaProducer<>(new ClientProperties(connection).producer());
    addVideo("whole", FRAMES);
    addVideo("cut", FRAMES + 1);
    send(
        new ProducerRecord<>(
            Topics.FACE_FRAMES.name(), "no frame".getBytes(StandardCharsets.UTF_8)));
  }

  @AfterAll
  static void stop() {
    producer.close();
  }

  @Test
  void comparesScoresAndVerdictsOfTheModelWithThoseOnTheTopics() throws Exception {
    JsonNode report = new ObjectMapper().readTree(replay("earliest", "--json").out());

    assertEquals(model.digest(), report.get("modelDigest").asText());
    assertEquals(2 * FRAMES, report.get("frames").asInt());
    assertEquals(1, report.get("unreadable").asInt());
    assertEquals(0, report.get("onlyNow").asInt());
    double expected = 0;
    for (int i = 0; i < FRAMES; i++) {
      expected += model.manifest().calibration().probability(model.goldenLogits()[i]) - THEN;
    }
    assertEquals(expected / FRAMES, report.get("meanDifference").asDouble(), 1e-3);
    assertEquals(2, report.get("videos").size());
    for (JsonNode video : report.get("videos")) {
      assertEquals(FRAMES, video.get("frames").asInt());
      assertEquals("REAL", video.get("then").get("label").asText());
      boolean whole = video.get("videoId").asText().equals("whole");
      assertEquals(whole, video.has("now"), "a video that lacks a frame has no verdict");
    }
  }

  @Test
  void printsATableForPeople() {
    String out = replay("earliest").out();
    assertTrue(out.contains("20 frames scored by both"), out);
    assertTrue(out.contains("not whole"), out);
  }

  @Test
  void beginsWhereItIsTold() throws Exception {
    JsonNode nothing = new ObjectMapper().readTree(replay("2999-01-01", "--json").out());
    assertEquals(0, nothing.get("frames").asInt());

    CommandRun answer = replay("0:0,1:0", "--json"); // all that an embedded broker makes
    assertEquals(0, answer.status(), answer.err());
    assertEquals(2 * FRAMES, new ObjectMapper().readTree(answer.out()).get("frames").asInt());

    CommandRun oneOnly = replay("0:1000000", "--json");
    assertEquals(0, oneOnly.status(), oneOnly.err());
    assertEquals(0, new ObjectMapper().readTree(oneOnly.out()).get("frames").asInt());
  }

  @Test
  void aStartThatIsNoneIsRefused() {
    CommandRun answer = replay("yesterday");
    assertEquals(2, answer.status());
    assertTrue(answer.err().contains("yesterday"), answer.err());

    CommandRun missing = replay("999:0");
    assertEquals(2, missing.status());
    assertTrue(missing.err().contains("999"), missing.err());
  }

  private static CommandRun replay(String from, String... more) {
    String[] arguments = new String[7 + more.length];
    String[] first = {
      "replay",
      "--from",
      from,
      "--model",
      TestModel.folder().toString(),
      "--bootstrap-servers",
      TestBroker.bootstrapServers()
    };
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return CommandRun.of(FramewardenMain::run, arguments);
  }

  private static void addVideo(String id, int announced) {
    for (int seq = 0; seq < FRAMES; seq++) {
      FaceFrame frame =
          FaceFrame.newBuilder()
              .setVideoId(id)
              .setAttempt(1)
              .setSeq(seq)
              .setWidth(model.manifest().input().width())
              .setHeight(model.manifest().input().height())
              .setPixels(ByteString.copyFrom(model.goldenFaces().get(seq)))
              .setExtractionDigest(model.manifest().extractionDigest())
              .build();
      send(
          new ProducerRecord<>(
              Topics.FACE_FRAMES.name(), Topics.FACE_FRAMES.value().encode(frame)));
      send(
          Topics.FRAME_SCORES,
          id,
          FrameScore.newBuilder()
              .setVideoId(id)
              .setAttempt(1)
              .setSeq(seq)
              .setLogit(-5)
              .setProbability(THEN)
              .build());
    }
    send(
        Topics.VIDEO_MARKERS,
        id,
        VideoMarker.newBuilder().setVideoId(id).setAttempt(1).setFaceFrames(announced).build());
    send(
        Topics.VERDICTS,
        id,
        Verdict.newBuilder()
            .setVideoId(id)
            .setAttempt(1)
            .setStatus(VerdictStatus.FINAL)
            .setLabel(VerdictLabel.REAL)
            .setProbability(THEN)
            .build());
  }

  private static <V> void send(Topic<String, V> topic, String id, V value) {
    send(new ProducerRecord<>(topic.name(), topic.key().encode(id), topic.value().encode(value)));
  }

  /** One after the other: records in flight at a topic that was made just now may be lost. */
  private static void send(ProducerRecord<byte[], byte[]> message) {
    try {
      producer.send(message).get(1, TimeUnit.MINUTES);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("not sent to " + message.topic(), e);
    }
  }
}
