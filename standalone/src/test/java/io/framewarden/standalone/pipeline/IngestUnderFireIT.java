package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.detector.verdict.topology.VerdictService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty videos are uploaded, half of them by tus, while ingest is killed ten times at random
 * points. In the end each has one record on video-uploads, one marker and exactly one FINAL verdict
 * on the topic, counted over all of its records: none was revised, for only the marked attempt can
 * be final. Nothing of the killed processes is left.
 */
@Timeout(1200)
class IngestUnderFireIT {
  private static final int VIDEOS = 8;
  private static final int KILLS = 4;
  private static final int LATEST_MILLIS = 4000;

  @TempDir Path folder;
  private KafkaConnection connection;
  private IngestServer ingest;

  @BeforeEach
  void makeFolder() throws Exception {
    Files.createDirectories(folder.resolve("ingest"));
  }

  @Test
  void everyVideoHasOneFinalVerdictHoweverOftenIngestIsKilled() throws Exception {
    long seed = Long.getLong("framewarden.seed", System.nanoTime());
    System.out.println("IngestUnderFireIT: -Dframewarden.seed=" + seed);
    List<Path> videos = videos();
    connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(Topics.all());
    try (VerdictService judge = judge();
        ScorerProcess scorer = scorer();
        IngestServer server = server()) {
      ingest = server;
      judge.start();
      Set<String> ids = uploadUnderFire(videos, new SplittableRandom(seed));
      assertEquals(VIDEOS, ids.size(), ids.toString());
      awaitFinals();
      assertTrue(scorer.isAlive());
      assertCounts(ids);
      assertStagingEmpties();
      assertEquals(143, ingest.stop());
      assertNothingIsLeft();
    }
  }

  private List<Path> videos() throws Exception {
    List<Path> videos = new ArrayList<>();
    for (int i = 0; i < VIDEOS; i++) {
      // Each with a rate of its own: the same bytes again would be the same video.
      videos.add(SyntheticVideo.drawnFace(folder.resolve(i + ".mp4"), 320, 240, 10 + i, 2));
    }
    return videos;
  }

  private VerdictService judge() {
    VerdictConfig config =
        VerdictConfig.from(
            new Settings(Map.of(VerdictConfig.STATE_DIR, folder.resolve("state").toString())));
    return new VerdictService(config, connection, new CollectorRegistry());
  }

  private ScorerProcess scorer() throws Exception {
    return ScorerProcess.start(connection, TestModel.folder(), folder.resolve("scorer.log"));
  }

  private IngestServer server() throws Exception {
    return new IngestServer(
        connection.bootstrapServers(),
        folder.resolve("ingest"),
        Map.of("FRAMEWARDEN_UPLOAD_EXPIRY", "15s"));
  }

  /** Two videos more in each round, which ends with a kill. */
  private Set<String> uploadUnderFire(List<Path> videos, SplittableRandom random) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> ids = new ArrayList<>();
      for (int round = 0; round < KILLS; round++) {
        ingest.start();
        for (int i = 2 * round; i < 2 * round + 2; i++) {
          Path video = videos.get(i);
          boolean inParts = i % 2 == 0;
          String key = "video-" + i;
          StubbornUploader uploader = new StubbornUploader(ingest);
          ids.add(
              clients.submit(() -> inParts ? uploader.inParts(video) : uploader.whole(video, key)));
        }
        boolean starting = random.nextInt(4) == 0;
        if (!starting) {
          ingest.awaitReady();
        }
        int millis = random.nextInt(LATEST_MILLIS);
        assertFalse(ingest.endsWithin(millis), "ingest ended by itself" + ingest.log());
        ingest.kill();
        System.out.printf(
            "kill %d, %d ms after it %s: %d uploads, %d markers%n",
            round + 1,
            millis,
            starting ? "was started" : "was ready",
            all(Topics.VIDEO_UPLOADS).size(),
            all(Topics.VIDEO_MARKERS).size());
      }
      ingest.start();
      Set<String> got = new TreeSet<>();
      for (Future<String> id : ids) {
        got.add(id.get(5, TimeUnit.MINUTES));
      }
      return got;
    } finally {
      clients.shutdownNow();
    }
  }

  private <V> List<V> all(Topic<String, V> topic) {
    List<V> values = new ArrayList<>();
    TopicRange.read(
        connection,
        topic,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> values.add(topic.value().decode(message.value())));
    return values;
  }

  private Map<String, List<Verdict>> finals() {
    Map<String, List<Verdict>> finals = new TreeMap<>();
    for (Verdict verdict : all(Topics.VERDICTS)) {
      if (verdict.getStatus() == VerdictStatus.FINAL) {
        finals.computeIfAbsent(verdict.getVideoId(), id -> new ArrayList<>()).add(verdict);
      }
    }
    return finals;
  }

  private void awaitFinals() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (finals().size() < VIDEOS) {
      assertTrue(System.nanoTime() < deadline, "final: " + finals().keySet() + ingest.log());
      assertFalse(ingest.endsWithin(200), "ingest ended by itself" + ingest.log());
    }
  }

  private void assertCounts(Set<String> ids) {
    List<VideoUpload> uploads = all(Topics.VIDEO_UPLOADS);
    assertEquals(List.copyOf(ids), uploads.stream().map(VideoUpload::getVideoId).sorted().toList());
    List<VideoMarker> markers = all(Topics.VIDEO_MARKERS);
    assertEquals(List.copyOf(ids), markers.stream().map(VideoMarker::getVideoId).sorted().toList());
    Map<String, List<Verdict>> finals = finals();
    assertEquals(ids, finals.keySet());
    for (List<Verdict> verdicts : finals.values()) {
      assertEquals(1, verdicts.size(), () -> "more than one final verdict: " + verdicts);
      assertWhole(verdicts.get(0));
    }
  }

  private static void assertWhole(Verdict verdict) {
    String text = verdict.getVideoId() + " " + verdict.getReason();
    int expected = verdict.getCompleteness().getExpected();
    assertTrue(expected >= 20, text + expected);
    assertEquals(expected, verdict.getCompleteness().getScored(), text);
    assertEquals(0, verdict.getCompleteness().getMissing(), text);
    assertEquals(0, verdict.getCompleteness().getFailed(), text);
    assertEquals(
        expected,
        verdict.getTracksList().stream().mapToInt(track -> track.getFrames()).sum(),
        "each frame counts once");
  }

  /** Notes of uploads that were handed in, or begun and never gone on with, expire. */
  private void assertStagingEmpties() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (!files(ingest.staging()).isEmpty()) {
      assertTrue(System.nanoTime() < deadline, () -> "staged: " + files(ingest.staging()));
      assertFalse(ingest.endsWithin(200), "ingest ended by itself" + ingest.log());
    }
  }

  private void assertNothingIsLeft() {
    List<Path> objects = files(ingest.objects());
    assertEquals(VIDEOS, objects.size(), objects.toString());
    assertEquals(List.of(), files(ingest.temporary()));
  }

  /** Everything but the locks that folders of work keep. */
  private static List<Path> files(Path under) {
    try (Stream<Path> walk = Files.walk(under)) {
      return walk.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).toList();
    } catch (java.io.IOException | java.io.UncheckedIOException e) {
      return List.of(under.resolve("changing")); // a file went while we looked: look again
    }
  }
}
