package io.framewarden.trainer.archive.decisions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.kafka.KafkaUploadSink;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectKeys;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.trainer.archive.FaceArchiveReader;
import io.framewarden.trainer.command.TrainerMain;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.Decision;
import io.framewarden.v1.FaceLabel;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Decisions on a real broker, videos in a real store, the command. */
@Timeout(240)
class FromDecisionsIT {
  private static final Instant JANUARY = Instant.parse("2026-01-10T00:00:00Z");
  private static final Instant MARCH = Instant.parse("2026-03-10T00:00:00Z");

  @TempDir Path folder;
  private KafkaConnection connection;
  private FileObjectStore store;

  @BeforeEach
  void start() throws Exception {
    connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(Topics.all());
    store = new FileObjectStore(folder.resolve("objects"));
  }

  @Test
  void facesAreLabelledByTheLatestDecisionOnTheirTrackOrVideo() throws Exception {
    Path one = SyntheticVideo.drawnFace(folder.resolve("one.mp4"), 320, 240, 5, 1);
    Path two =
        SyntheticVideo.drawnFaces(
            folder.resolve("two.mp4"), VideoFormat.mpeg4(), 640, 240, 5, 1, 2);
    VideoUpload overturned = upload(one);
    VideoUpload people = upload(two);
    VideoUpload deleted = upload(one);
    VideoUpload open = upload(two);
    store.delete(URI.create(deleted.getSourceUri()));
    String expired = "expired-1";
    try (InputStream content = Files.newInputStream(one)) {
      store.put(ObjectKeys.video(expired), content, Long.MAX_VALUE);
    }
    decide(decision(overturned.getVideoId(), VerdictLabel.REAL, JANUARY));
    decide(
        decision(overturned.getVideoId(), VerdictLabel.FAKE, MARCH)
            .setNote("lips do not fit; method: Wav2Lip, I think"));
    decide(
        decision(people.getVideoId(), VerdictLabel.FAKE, MARCH)
            .addTracks(TrackDecision.newBuilder().setTrackId(1).setLabel(VerdictLabel.REAL)));
    decide(decision(deleted.getVideoId(), VerdictLabel.FAKE, MARCH));
    decide(decision(open.getVideoId(), VerdictLabel.UNCERTAIN, MARCH));
    decide(decision(expired, VerdictLabel.REAL, JANUARY));

    Path skipped = folder.resolve("skipped.csv");
    String said = run(0, "--skipped", skipped.toString());
    Map<String, Set<String>> labels = labels();
    assertEquals(
        Set.of(overturned.getVideoId(), people.getVideoId(), expired),
        videos(labels.keySet()),
        said);
    assertEquals(
        Set.of("fake decisions/Wav2Lip " + Sha256.of(one)),
        labels.get(overturned.getVideoId() + " 0"));
    assertEquals(
        Set.of("fake decisions " + Sha256.of(two)), labels.get(people.getVideoId() + " 0"));
    assertEquals(Set.of("real real " + Sha256.of(two)), labels.get(people.getVideoId() + " 1"));
    assertEquals(Set.of("real real " + Sha256.of(one)), labels.get(expired + " 0"));
    String table = Files.readString(skipped);
    assertTrue(table.contains(deleted.getVideoId() + ",SOURCE_MISSING,"), table);
    assertTrue(table.contains(open.getVideoId() + ",UNDECIDED,"), table);

    run(0, "--since", "2026-02-01");
    assertFalse(videos(labels().keySet()).contains(expired));
    assertTrue(videos(labels().keySet()).contains(people.getVideoId()));
    assertTrue(run(2, "--since", "yesterday").contains("2026-01-31"));
    Path nowhere = folder.resolve("nowhere");
    assertTrue(run(2, nowhere).contains(nowhere.toString()));
  }

  @Test
  void changedContentIsNotTrainedOn() throws Exception {
    Path one = SyntheticVideo.drawnFace(folder.resolve("one.mp4"), 320, 240, 5, 1);
    VideoUpload upload = upload(one);
    Files.writeString(Path.of(URI.create(upload.getSourceUri())), "something else");
    decide(decision(upload.getVideoId(), VerdictLabel.FAKE, MARCH));
    String said = run(0);
    assertTrue(said.contains("SOURCE_MISMATCH"), said);
    assertEquals(Map.of(), labels());
  }

  private VideoUpload upload(Path video) throws Exception {
    try (KafkaUploadSink sink = new KafkaUploadSink(connection);
        InputStream content = Files.newInputStream(video)) {
      sink.start();
      return new UploadService(store, sink, new UploadLimits(1 << 30), new CollectorRegistry())
          .accept("v.mp4", "test", content);
    }
  }

  private void decide(Decision.Builder decision) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(connection).producer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.MODERATOR_DECISIONS.name(),
                  Topics.MODERATOR_DECISIONS.key().encode(decision.getVideoId()),
                  Topics.MODERATOR_DECISIONS.value().encode(decision.build())))
          .get();
    }
  }

  private static Decision.Builder decision(String videoId, VerdictLabel label, Instant time) {
    return Decision.newBuilder()
        .setVideoId(videoId)
        .setLabel(label)
        .setModerator("moderator-1")
        .setDecidedTimeUs(ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  private String run(int status, String... more) {
    return run(status, folder.resolve("objects"), more);
  }

  /** Runs the command; returns what it said on standard error. */
  private String run(int status, Path objects, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "dataset",
                "from-decisions",
                "--out",
                folder.resolve("decisions.fwa").toString(),
                "--bootstrap",
                TestBroker.bootstrapServers(),
                "--store",
                objects.toString()));
    line.addAll(List.of(more));
    StringWriter err = new StringWriter();
    int actual =
        TrainerMain.run(
            line.toArray(String[]::new), new PrintWriter(new StringWriter()), new PrintWriter(err));
    assertEquals(status, actual, err.toString());
    return err.toString();
  }

  /** Labels by video and track. */
  private Map<String, Set<String>> labels() throws Exception {
    Map<String, Set<String>> labels = new TreeMap<>();
    try (FaceArchiveReader reader = new FaceArchiveReader(folder.resolve("decisions.fwa"))) {
      for (Optional<ArchivedFace> f = reader.next(); f.isPresent(); f = reader.next()) {
        FaceLabel label = f.get().getLabel();
        assertTrue(label.getLabelled());
        labels
            .computeIfAbsent(
                f.get().getFrame().getVideoId() + " " + f.get().getFrame().getTrackId(),
                key -> new TreeSet<>())
            .add(
                (label.getFake() ? "fake " : "real ")
                    + label.getDomain()
                    + " "
                    + label.getIdentity());
      }
    }
    return labels;
  }

  private static Set<String> videos(Set<String> tracks) {
    Set<String> videos = new TreeSet<>();
    tracks.forEach(track -> videos.add(track.substring(0, track.indexOf(' '))));
    return videos;
  }
}
