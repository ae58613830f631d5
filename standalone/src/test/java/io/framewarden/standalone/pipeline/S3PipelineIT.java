package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.release.follow.ReleaseConfig;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.ingest.sources.SourcesConfig;
import io.framewarden.runtime.kafka.BrokerLogin;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.process.JavaCommand;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.s3.S3TestServer;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline with its uploads and its models in S3: a real broker, a real S3 server. */
@Timeout(240)
class S3PipelineIT {
  private static final String NAME = "in-s3";
  private static final long GLANCE_NANOS = 50_000_000;

  @RegisterExtension final S3TestServer server = new S3TestServer();
  @TempDir Path folder;
  private final CollectorRegistry registry = new CollectorRegistry();

  @Test
  void uploadsOfAllKindsAreKeptInS3AndJudgedByAModelThatWasReleasedThere() throws Exception {
    Path artifact = folder.resolve("artifact");
    String digest = Variants.of(artifact, NAME, "1").digest();
    Path watched = Files.createDirectory(folder.resolve("watched"));
    StandaloneConfig config =
        StandaloneConfig.from(
            variables(watched), new DataFolder(folder.resolve("data")), 0, TestModel.folder());
    try (Pipeline pipeline = new Pipeline(config, registry)) {
      pipeline.start();
      String broker = pipeline.connection().bootstrapServers();
      release(broker, "publish", artifact.toString(), "--store", config.releases().store().where());
      assertTrue(
          server.keys().contains("prefix/models/in-s3/" + digest + "/manifest.json"),
          server.keys().toString());
      release(broker, "promote", NAME, digest);
      awaitModel(pipeline, digest);
      Verdict verdict = moderate(pipeline);
      assertEquals(List.of(digest), verdict.getProvenance().getModelDigestsList());
      assertStored(verdict.getVideoId());
      assertVideosComeByEventAndByFolder(pipeline, watched);
    }
  }

  private Map<String, String> variables(Path watched) {
    Map<String, String> variables = server.variables();
    variables.put(ReleaseConfig.MODEL_NAME, NAME);
    variables.put(SourcesConfig.EVENTS_TOPIC, "s3-events");
    variables.put(SourcesConfig.WATCH_DIR, watched.toString());
    variables.put(SourcesConfig.WATCH_SETTLED, "100ms");
    variables.put(FetchConfig.ALLOWED, "s3://" + S3TestServer.BUCKET + "/incoming/");
    return variables;
  }

  private void assertStored(String videoId) {
    assertTrue(server.keys().contains("prefix/uploads/" + videoId), server.keys().toString());
  }

  private void assertVideosComeByEventAndByFolder(Pipeline pipeline, Path watched)
      throws Exception {
    BlockingQueue<Verdict> news = new LinkedBlockingQueue<>();
    pipeline.verdicts().listen(news::add);
    Path video = SyntheticVideo.drawnFace(folder.resolve("few.mp4"), 640, 480, 5, 3);
    server
        .client()
        .putObject(
            put ->
                put.bucket(S3TestServer.BUCKET)
                    .key("incoming/a b.mp4")
                    .metadata(Map.of("external-id", "order-17")),
            video);
    Files.copy(video, watched.resolve("b.mp4"));
    String fromFolder = awaitFinal(pipeline, news).getVideoId();
    assertTrue(Files.exists(watched.resolve("done").resolve(fromFolder + "-b.mp4")));
    send(pipeline.connection(), "no event");
    send(
        pipeline.connection(),
        """
        {"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},
        "object":{"key":"incoming/a+b.mp4"}}}]}\
        """
            .formatted(S3TestServer.BUCKET));
    Verdict verdict = awaitFinal(pipeline, news);
    assertEquals("order-17", verdict.getReference().getExternalId());
    String fromEvent = verdict.getVideoId();
    assertNotEquals(fromFolder, fromEvent);
    assertStored(fromEvent);
    assertEquals(
        1,
        registry.getSampleValue(
            "framewarden_dead_letters_total",
            new String[] {"topic", "reason"},
            new String[] {"s3-events", "unreadable_message"}));
  }

  private static void send(KafkaConnection connection, String message) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(new ClientProperties(connection).producer())) {
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>("s3-events", bytes)).get();
    }
  }

  private static Verdict awaitFinal(Pipeline pipeline, BlockingQueue<Verdict> news)
      throws InterruptedException {
    while (true) {
      Verdict verdict = news.poll(60, TimeUnit.SECONDS);
      assertTrue(verdict != null, "no verdict for a minute; " + pipeline.health());
      if (verdict.getStatus() == VerdictStatus.FINAL) {
        return verdict;
      }
    }
  }

  private Verdict moderate(Pipeline pipeline) throws Exception {
    BlockingQueue<Verdict> news = new LinkedBlockingQueue<>();
    pipeline.verdicts().listen(news::add);
    Path video = SyntheticVideo.drawnFace(folder.resolve("face.mp4"), 640, 480, 25, 3);
    VideoUpload upload;
    try (InputStream content = Files.newInputStream(video)) {
      upload = pipeline.uploads().accept("face.mp4", "test", content);
    }
    while (true) {
      Verdict verdict = news.poll(60, TimeUnit.SECONDS);
      assertTrue(verdict != null, "no verdict for a minute; " + pipeline.health());
      if (verdict.getVideoId().equals(upload.getVideoId())
          && verdict.getStatus() == VerdictStatus.FINAL) {
        return verdict;
      }
    }
  }

  private void awaitModel(Pipeline pipeline, String digest) {
    while (!scoresWith(digest)) {
      Health health = pipeline.health();
      assertTrue(!health.isFailed(), health.detail());
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  private boolean scoresWith(String digest) {
    return Collections.list(registry.metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .anyMatch(
            sample ->
                sample.name.equals("framewarden_model_info")
                    && sample.labelValues.contains(digest));
  }

  /** A process of its own, since it reads its environment. */
  private void release(String broker, String... arguments)
      throws IOException, InterruptedException {
    Path login = folder.resolve("data/broker").resolve(BrokerLogin.FILE);
    List<String> command =
        JavaCommand.of(
            FramewardenMain.class,
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            Stream.of(
                    List.of("release"),
                    List.of(arguments),
                    List.of("--broker", broker, "--command-config", login.toString()))
                .flatMap(List::stream)
                .toList());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    server.variables().forEach(builder.environment()::put);
    builder.environment().remove(StoreConfig.STORE);
    builder.environment().put("AWS_ACCESS_KEY_ID", System.getProperty("aws.accessKeyId"));
    builder.environment().put("AWS_SECRET_ACCESS_KEY", System.getProperty("aws.secretAccessKey"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}
