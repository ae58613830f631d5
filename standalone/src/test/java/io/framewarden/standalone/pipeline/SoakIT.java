package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.runtime.kafka.BrokerLogin;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.SmallDisk;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code framewarden serve} on a small disk and a busy machine, killed, stopped and started over
 * and over, while videos come by HTTP, by tus and by folder among clients, events and records that
 * are wrong. In the end each video has exactly one FINAL verdict.
 */
@Timeout(3600)
@EnabledIfSystemProperty(
    named = "framewarden.soak.videos",
    matches = "[1-9][0-9]*",
    disabledReason = "takes minutes: -Dframewarden.soak.videos=30 runs it")
class SoakIT {
  private static final int VIDEOS = Integer.getInteger("framewarden.soak.videos", 0);
  private static final int VIDEOS_A_ROUND = 3;
  private static final int DISK_BYTES = 384 << 20;
  private static final int LATEST_MILLIS = 15_000;

  @RegisterExtension final SmallDisk disk = new SmallDisk(DISK_BYTES);
  @TempDir Path folder;
  private final int brokerPort = IngestServer.freePort();
  private KafkaConnection connection;
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private IngestServer server;

  @Test
  void everyVideoHasOneFinalVerdictWhateverGoesWrong() throws Exception {
    long seed = Long.getLong("framewarden.seed", System.nanoTime());
    System.out.println("SoakIT: -Dframewarden.seed=" + seed);
    Path watched = Files.createDirectory(folder.resolve("watched"));
    connection = login();
    try (SoakFaults faults = new SoakFaults(connection, disk.path());
        IngestServer serving = server(faults.s3Endpoint(), watched)) {
      server = serving;
      faults.against(serving);
      List<Future<String>> uploads = uploadAmong(faults, watched, new SplittableRandom(seed));
      server.start();
      server.awaitReady();
      faults.round(false); // the others may all have been cut off
      for (Future<String> upload : uploads) {
        upload.get(10, TimeUnit.MINUTES);
      }
      awaitFinals(faults);
      assertOneFinalEach();
      faults.assertDeadLetters();
      assertEquals(143, server.stop());
    } finally {
      clients.shutdownNow();
    }
  }

  /** Made before the server is, which then takes the same. */
  private KafkaConnection login() throws IOException {
    Path broker = Files.createDirectories(disk.path().resolve("data/broker"));
    BrokerLogin login = BrokerLogin.of(broker);
    login.keep(broker);
    return KafkaConnection.embedded("127.0.0.1:" + brokerPort, login.clientProperties());
  }

  private IngestServer server(String s3, Path watched) throws Exception {
    return new IngestServer(
        brokerPort,
        disk.path(),
        Map.of(
            SourcesConfig.EVENTS_TOPIC,
            "s3-events",
            SourcesConfig.WATCH_DIR,
            watched.toString(),
            SourcesConfig.WATCH_SETTLED,
            "200ms",
            FetchConfig.ALLOWED,
            "s3://incoming/",
            StoreConfig.ENDPOINT,
            s3,
            StoreConfig.MIN_FREE_MB,
            "8",
            "AWS_ACCESS_KEY_ID",
            "a",
            "AWS_SECRET_ACCESS_KEY",
            "b"));
  }

  /** Some videos more in each round, which ends with a kill or a stop. */
  private List<Future<String>> uploadAmong(SoakFaults faults, Path watched, SplittableRandom random)
      throws Exception {
    List<Future<String>> uploads = new ArrayList<>();
    for (int next = 0; next < VIDEOS; next += VIDEOS_A_ROUND) {
      server.start();
      for (int i = next; i < Math.min(VIDEOS, next + VIDEOS_A_ROUND); i++) {
        upload(i, watched, uploads);
      }
      boolean starting = random.nextInt(4) == 0;
      if (!starting) {
        server.awaitReady();
      }
      Future<?> round = clients.submit(() -> faults.round(random.nextInt(2) == 0));
      int millis = random.nextInt(LATEST_MILLIS);
      boolean ended = server.endsWithin(millis);
      assertFalse(ended && !server.log().contains("disk"), "ended by itself" + server.log());
      boolean kill = starting || random.nextBoolean();
      if (kill) {
        server.kill();
      } else {
        server.stop();
      }
      round.get(5, TimeUnit.MINUTES);
      System.out.printf(
          "%d videos, %s %d ms after it %s%s%n",
          next + VIDEOS_A_ROUND,
          kill ? "killed" : "stopped",
          millis,
          starting ? "was started" : "was ready",
          ended ? ", by then it had ended on the full disk" : "");
    }
    return uploads;
  }

  private void upload(int number, Path watched, List<Future<String>> uploads) throws Exception {
    // Each with a rate of its own: the same bytes again would be the same video.
    Path video =
        SyntheticVideo.drawnFace(folder.resolve(number + ".mp4"), 320, 240, 10 + number, 2);
    StubbornUploader uploader = new StubbornUploader(server);
    switch (number % 3) {
      case 0 -> uploads.add(clients.submit(() -> uploader.whole(video, "video-" + number)));
      case 1 -> uploads.add(clients.submit(() -> uploader.inParts(video)));
      default ->
          Files.move(video, watched.resolve(video.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
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

  /** What can be read of a topic: garbage lies among it. */
  private <V> List<V> all(Topic<String, V> topic) {
    List<V> values = new ArrayList<>();
    TopicRange.read(
        connection,
        topic,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> {
          if (!SoakFaults.isGarbage(message)) {
            values.add(value(topic, message));
          }
        });
    return values;
  }

  private static <V> V value(Topic<String, V> topic, ConsumerRecord<byte[], byte[]> message) {
    return topic.value().decode(message.value());
  }

  private void awaitFinals(SoakFaults faults) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(15);
    while (finals().size() < VIDEOS || !faults.areDeadLettersThere()) {
      assertTrue(System.nanoTime() < deadline, () -> "final: " + finals().keySet() + server.log());
      assertFalse(server.endsWithin(500), "serve ended by itself" + server.log());
    }
  }

  private void assertOneFinalEach() {
    List<String> ids = all(Topics.VIDEO_UPLOADS).stream().map(VideoUpload::getVideoId).toList();
    assertEquals(VIDEOS, ids.size(), () -> ids.toString());
    Map<String, List<Verdict>> finals = finals();
    assertEquals(ids.stream().sorted().toList(), List.copyOf(finals.keySet()));
    for (List<Verdict> verdicts : finals.values()) {
      assertEquals(1, verdicts.size(), () -> "more than one final verdict: " + verdicts);
      Verdict verdict = verdicts.get(0);
      assertNotEquals(0, verdict.getCompleteness().getExpected(), verdict::toString);
      assertEquals(0, verdict.getCompleteness().getMissing(), verdict::toString);
      assertEquals(0, verdict.getCompleteness().getFailed(), verdict::toString);
    }
  }
}
