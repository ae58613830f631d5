package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.fetch.VideoFetcher;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadLimits;
import io.framewarden.ingest.submission.UploadService;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sources that fail for a while, while the other one goes on. */
@Timeout(60)
class UnattendedSourcesTest {
  @TempDir Path folder;
  private final BlockingQueue<VideoUpload> published = new LinkedBlockingQueue<>();

  @Test
  void aFolderThatGoesAndABrokerThatIsNotThereEndNothing() throws Exception {
    Path watched = folder.resolve("watched");
    Files.createDirectory(watched);
    KafkaConnection nowhere = KafkaConnection.embedded("broker.invalid:9092");
    StoreConfig s3 = StoreConfig.from(new Settings(Map.of()));
    try (VideoFetcher fetcher =
            new VideoFetcher(new FetchConfig(List.of(), Duration.ofMinutes(1), s3));
        UnattendedSources sources =
            new UnattendedSources(
                new SourcesConfig("events", watched, Duration.ZERO),
                nowhere,
                fetcher,
                submissions(),
                () -> true,
                new CollectorRegistry())) {
      sources.start();
      put(watched, "a.mp4", 1);
      assertTrue(published.poll(30, TimeUnit.SECONDS) != null, "the folder waits for no broker");
      await(() -> isDone(watched, "a.mp4"), sources);
      deleteAll(watched);
      await(() -> sources.health().detail().contains("watched folder cannot be read"), sources);
      assertTrue(sources.health().detail().contains("S3 events wait"), "both are said");
      Files.createDirectory(watched);
      put(watched, "b.mp4", 2);
      VideoUpload upload = published.poll(30, TimeUnit.SECONDS);
      assertTrue(upload != null && upload.getFileName().equals("b.mp4"), "it goes on");
    }
  }

  private static void await(BooleanSupplier condition, UnattendedSources sources) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(sources.health().isReady(), sources.health().toString());
      assertTrue(System.nanoTime() < deadline, sources.health().toString());
      Thread.onSpinWait();
    }
  }

  private static boolean isDone(Path watched, String name) {
    String[] done = watched.resolve("done").toFile().list();
    return done != null && Arrays.stream(done).anyMatch(file -> file.endsWith("-" + name));
  }

  private SubmissionService submissions() throws Exception {
    FileObjectStore store = new FileObjectStore(folder.resolve("objects"));
    CollectorRegistry registry = new CollectorRegistry();
    return new SubmissionService(
        new UploadService(store, published::add, new UploadLimits(1 << 20), registry),
        new VideoStatusIndex());
  }

  /** Made elsewhere, and moved in whole. */
  private void put(Path watched, String name, int seconds) throws Exception {
    Path made = SyntheticVideo.emptyRoom(folder.resolve(name), 64, 48, 5, seconds);
    Files.move(made, watched.resolve(name));
  }

  private static void deleteAll(Path tree) throws Exception {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
