package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.framewarden.detector.release.ArtifactRepository;
import io.framewarden.detector.release.ReleaseTrust;
import io.framewarden.detector.release.publish.ReleaseCommands;
import io.framewarden.detector.release.publish.ReleaseTopicWriter;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.feed.VerdictView;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.standalone.broker.EmbeddedBroker;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twelve videos on two scorers, of which one is killed five times, while the broker is killed once,
 * a model is released and taken back. In the end every video has one verdict, by one model, in
 * which every frame counts once.
 */
@Timeout(600)
@SuppressWarnings("FutureReturnValueIgnored") // what was not sent is missed below
class ReleasesUnderFireIT {
  private static final int VIDEOS = 12;
  private static final int FRAMES = 100;
  private static final int ROUNDS = 10;
  private static final String NAME = "fire";

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(11);
  private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private final List<ScorerProcess> scorers = new ArrayList<>();
  private final Map<String, Verdict> finals = new HashMap<>();
  private ModelArtifact first;
  private ModelArtifact second;
  private EmbeddedBroker broker;
  private KafkaConnection connection;
  private FileObjectStore store;

  @Test
  void everyVideoIsJudgedOnceByOneModel() throws Exception {
    first = Variants.of(folder.resolve("first"), NAME, "1");
    second = Variants.of(folder.resolve("second"), NAME, "2");
    store = new FileObjectStore(folder.resolve("objects"));
    startBroker(0);
    new TopicProvisioner(connection).ensure(Topics.all());
    release(desk -> desk.publish(first, new ArtifactRepository(store)));
    release(desk -> desk.publish(second, new ArtifactRepository(store)));
    release(desk -> desk.promote(NAME, first.digest()));
    try (ServiceGroup judges = judges()) {
      judges.start();
      scorers.add(scorer(0));
      scorers.add(scorer(1));
      for (int round = 0; round < ROUNDS; round++) {
        send(round);
        disturb(round);
      }
      sendMarkers();
      awaitFinals();
    } finally {
      for (ScorerProcess scorer : scorers) {
        scorer.close();
      }
      broker.close();
    }
  }

  private interface Events {
    List<ModelRelease> of(ReleaseCommands desk) throws Exception;
  }

  private void release(Events events) throws Exception {
    ReleaseTopicWriter log = new ReleaseTopicWriter(connection);
    log.write(events.of(new ReleaseCommands(log.read(ReleaseTrust.inEverybody()))));
  }

  private void disturb(int round) throws Exception {
    awaitScores(round);
    switch (round) {
      case 0, 1, 3, 5, 7 -> killOneScorer();
      case 2 -> release(desk -> desk.promote(NAME, second.digest()));
      case 4 -> killBroker();
      case 6 -> release(desk -> desk.rollback(NAME));
      default -> {}
    }
  }

  private void killOneScorer() throws Exception {
    int which = random.nextInt(scorers.size());
    scorers.get(which).kill();
    scorers.set(which, scorer(which));
  }

  private void killBroker() throws Exception {
    int port = Integer.parseInt(connection.bootstrapServers().replaceAll(".*:", ""));
    ProcessHandle process = ProcessHandle.of(broker.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get();
    broker.close();
    startBroker(port);
  }

  private void startBroker(int port) {
    broker = new EmbeddedBroker(folder.resolve("broker"), port);
    broker.start();
    broker.awaitReady();
    connection = broker.connection();
  }

  private ScorerProcess scorer(int number) throws Exception {
    return ScorerProcess.start(
        connection,
        first.folder(),
        folder.resolve("scorer-" + number + ".log"),
        Map.of(
            "FRAMEWARDEN_MODEL_NAME",
            NAME,
            "FRAMEWARDEN_STORE",
            folder.resolve("objects").toString(),
            "FRAMEWARDEN_MODEL_CACHE_DIR",
            folder.resolve("cache-" + number).toString(),
            "FRAMEWARDEN_SCORER_INSTANCE",
            "scorer-" + number,
            "FRAMEWARDEN_SCORER_THREADS",
            "1"));
  }

  private ServiceGroup judges() {
    VerdictConfig config =
        VerdictConfig.from(
            new Settings(Map.of(VerdictConfig.STATE_DIR, folder.resolve("state").toString())));
    VerdictView view = new VerdictView(connection, VIDEOS);
    view.listen(verdicts::add);
    return new ServiceGroup(
        "judges", List.of(new VerdictService(config, connection, new CollectorRegistry()), view));
  }

  /** This round's part of every video. */
  private void send(int round) {
    int part = FRAMES / ROUNDS;
    List<byte[]> faces = first.goldenFaces();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int seq = round * part; seq < (round + 1) * part; seq++) {
        for (int video = 0; video < VIDEOS; video++) {
          FaceFrame frame =
              FaceFrame.newBuilder()
                  .setVideoId("video-" + video)
                  .setAttempt(1)
                  .setSeq(seq)
                  .setPtsUs(seq * 40_000L)
                  .setTrackId(seq % 2)
                  .setWidth(first.manifest().input().width())
                  .setHeight(first.manifest().input().height())
                  .setPixels(ByteString.copyFrom(faces.get((seq + video) % faces.size())))
                  .setExtractionDigest(first.manifest().extractionDigest())
                  .build();
          producer.send(
              new ProducerRecord<>(
                  Topics.FACE_FRAMES.name(), Topics.FACE_FRAMES.value().encode(frame)));
        }
      }
    }
  }

  private void sendMarkers() {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int video = 0; video < VIDEOS; video++) {
        String id = "video-" + video;
        VideoMarker marker =
            VideoMarker.newBuilder()
                .setVideoId(id)
                .setAttempt(1)
                .setFaceFrames(FRAMES)
                .setTracks(2)
                .setExtractionDigest(first.manifest().extractionDigest())
                .build();
        producer.send(
            new ProducerRecord<>(
                Topics.VIDEO_MARKERS.name(),
                Topics.VIDEO_MARKERS.key().encode(id),
                Topics.VIDEO_MARKERS.value().encode(marker)));
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(new ClientProperties(connection).producer());
  }

  /** Until some of a round is scored, so that what comes next comes in the middle. */
  private void awaitScores(int round) throws InterruptedException {
    long wanted = (long) round * VIDEOS * FRAMES / ROUNDS + 1;
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (committed().size() < wanted) {
      assertTrue(System.nanoTime() < deadline, "no scores in round " + round + logs());
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private List<FrameScore> committed() {
    List<FrameScore> scores = new ArrayList<>();
    TopicRange.read(
        connection,
        Topics.FRAME_SCORES,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> scores.add(Topics.FRAME_SCORES.value().decode(message.value())));
    return scores;
  }

  private void awaitFinals() throws Exception {
    while (finals.size() < VIDEOS) {
      Verdict verdict = verdicts.poll(4, TimeUnit.MINUTES);
      assertTrue(verdict != null, "only " + finals.keySet() + " are judged" + logs());
      if (verdict.getStatus() == VerdictStatus.FINAL) {
        finals.put(verdict.getVideoId(), verdict);
        assertWhole(verdict);
      }
    }
    Set<String> digests = new HashSet<>();
    committed().forEach(score -> digests.add(score.getModelDigest()));
    assertEquals(Set.of(first.digest(), second.digest()), digests);
  }

  private void assertWhole(Verdict verdict) {
    String text = verdict.getVideoId() + " " + verdict.getReason();
    assertEquals(FRAMES, verdict.getCompleteness().getExpected(), text);
    assertEquals(FRAMES, verdict.getCompleteness().getScored(), text);
    assertEquals(0, verdict.getCompleteness().getMissing(), text);
    assertEquals(0, verdict.getCompleteness().getFailed(), text);
    assertEquals(
        FRAMES, verdict.getTracksList().stream().mapToInt(track -> track.getFrames()).sum());
    assertEquals(
        List.of(first.digest()), verdict.getProvenance().getModelDigestsList(), "rolled back to");
  }

  private String logs() throws InterruptedException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < scorers.size(); i++) {
      try {
        List<String> lines = Files.readAllLines(folder.resolve("scorer-" + i + ".log"));
        text.append("\nscorer ").append(i).append(":\n");
        text.append(String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())));
      } catch (java.io.IOException e) {
        text.append(" (no log: ").append(e.getMessage()).append(')');
      }
    }
    return text.toString();
  }
}
