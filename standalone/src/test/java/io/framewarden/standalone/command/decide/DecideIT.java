package io.framewarden.standalone.command.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.kafka.DecisionTopic;
import io.framewarden.ingest.kafka.KafkaUploadSink;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.CommandRun;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Outcome;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Decisions from the command line, and on their topic. */
@Timeout(200)
class DecideIT {
  private static KafkaConnection connection;

  @BeforeAll
  static void judge() throws Exception {
    connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection)
        .ensure(
            List.of(
                Topics.VERDICTS,
                Topics.MODERATOR_DECISIONS,
                Topics.VIDEO_UPLOADS,
                Topics.VIDEO_MARKERS));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(connection).producer())) {
      producer.send(verdict("a", 1, VerdictLabel.UNCERTAIN)).get();
      producer.send(verdict("a", 2, VerdictLabel.FAKE)).get();
      producer.send(verdict("b", 1, VerdictLabel.REAL)).get();
      producer.send(verdict("gone", 1, VerdictLabel.REAL)).get();
      producer.send(record("gone", null)).get();
    }
  }

  @Test
  void theLatestVerdictIsOverturned() throws Exception {
    CommandRun made =
        decide(
            "a",
            "--overturn",
            "--label",
            "real",
            "--track",
            "5=UNCERTAIN",
            "--note",
            "dubbed",
            "--moderator",
            "ann");
    assertEquals(0, made.status(), made.err());
    assertEquals("a: overturned by ann, FAKE -> REAL (revision 2)\n", made.out());
    Decision decision = recorded("a").orElseThrow();
    assertEquals(Outcome.OVERTURNED, decision.getOutcome());
    assertEquals(VerdictLabel.REAL, decision.getLabel());
    assertEquals(2, decision.getVerdictRevision());
    assertEquals("dubbed", decision.getNote());
    assertEquals("ann", decision.getModerator());
    assertTrue(decision.getDecidedTimeUs() > 1_700_000_000_000_000L);
    assertEquals(
        List.of(
            TrackDecision.newBuilder()
                .setTrackId(5)
                .setOutcome(Outcome.OVERTURNED)
                .setLabel(VerdictLabel.UNCERTAIN)
                .build()),
        decision.getTracksList());
  }

  @Test
  void aDecisionReplacesTheEarlierOneAndGoesWithItsVideo() throws Exception {
    assertEquals(0, decide("b", "--overturn", "--label", "FAKE").status());
    assertEquals(0, decide("b", "--uphold", "--revision", "1").status());
    Decision decision = recorded("b").orElseThrow();
    assertEquals(Outcome.UPHELD, decision.getOutcome());
    assertEquals(VerdictLabel.REAL, decision.getLabel());
    assertEquals(System.getProperty("user.name"), decision.getModerator());
    try (KafkaUploadSink sink = new KafkaUploadSink(connection)) {
      sink.start();
      sink.publishTombstones("b");
    }
    assertEquals(Optional.empty(), recorded("b"));
  }

  /** Whoever decides sees it at once, and in every other process soon after. */
  @Test
  void whatOneProcessRecordsAllSee() throws Exception {
    try (KafkaUploadSink sink = new KafkaUploadSink(connection);
        DecisionTopic here = new DecisionTopic(connection, sink);
        DecisionTopic there = new DecisionTopic(connection, sink)) {
      sink.start();
      here.start();
      there.start();
      there.awaitCaughtUp();
      for (int revision = 1; revision <= 50; revision++) {
        Decision decision = decision(revision);
        here.record(decision);
        assertEquals(decision, here.find("c").orElseThrow());
      }
      while (!there.find("c").equals(Optional.of(decision(50)))) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void whatCannotBeDecidedIsSaidInALine() {
    assertUsage("there is no verdict on none; `framewarden verdicts` lists", "none", "--uphold");
    assertUsage("there is no verdict on gone", "gone", "--uphold");
    assertUsage("is at revision 2, FAKE, and not at 1", "a", "--uphold", "--revision", "1");
    assertUsage("send OVERTURNED for REAL", "a", "--uphold", "--label", "REAL");
    assertUsage("OVERTURNED needs the label of the video", "a", "--overturn");
    assertUsage("no track 6; it has 5", "a", "--uphold", "--track", "6=REAL");
    assertUsage("--uphold", "a");
    assertUsage("mutually exclusive", "a", "--uphold", "--overturn");
    assertUsage("--label", "a", "--overturn", "--label", "GOOD");
    assertUsage("VIDEO", "--uphold");
  }

  private static void assertUsage(String problem, String... arguments) {
    CommandRun answer = decide(arguments);
    assertEquals(2, answer.status(), answer.out());
    assertTrue(answer.err().contains(problem), answer.err());
    assertTrue(!answer.err().contains("\tat "), answer.err());
  }

  private static CommandRun decide(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("decide", "--broker", TestBroker.bootstrapServers()));
    arguments.addAll(List.of(more));
    return CommandRun.of(FramewardenMain::run, arguments.toArray(String[]::new));
  }

  private static Optional<Decision> recorded(String videoId) throws Exception {
    try (KafkaUploadSink none = new KafkaUploadSink(connection);
        DecisionTopic topic = new DecisionTopic(connection, none)) {
      topic.start();
      topic.awaitCaughtUp();
      return topic.find(videoId);
    }
  }

  private static Decision decision(int revision) {
    return Decision.newBuilder()
        .setVideoId("c")
        .setVerdictRevision(revision)
        .setModerator("ann")
        .build();
  }

  private static ProducerRecord<byte[], byte[]> verdict(
      String id, int revision, VerdictLabel label) {
    Verdict verdict =
        Verdict.newBuilder()
            .setVideoId(id)
            .setRevision(revision)
            .setStatus(VerdictStatus.FINAL)
            .setLabel(label)
            .addTracks(TrackVerdict.newBuilder().setTrackId(5).setLabel(label))
            .build();
    return record(id, Topics.VERDICTS.value().encode(verdict));
  }

  private static ProducerRecord<byte[], byte[]> record(String id, byte[] value) {
    return new ProducerRecord<>(Topics.VERDICTS.name(), Topics.VERDICTS.key().encode(id), value);
  }
}
