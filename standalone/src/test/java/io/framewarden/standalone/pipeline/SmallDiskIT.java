package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.ingest.pace.ThrottleConfig;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.ClientProperties;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.SmallDisk;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline on a disk that its uploads, and what is made of them, would fill. */
@Timeout(570)
class SmallDiskIT {
  private static final int DISK_BYTES = 200 << 20;
  private static final int UPLOAD_BYTES = 8 << 20;
  private static final int FRAMES = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final SmallDisk small = new SmallDisk(DISK_BYTES);

  @TempDir Path videos;

  private final CollectorRegistry registry = new CollectorRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private Path data;
  private Pipeline pipeline;
  private int uploads;

  @BeforeEach
  void chooseAFolder() {
    data = small.path().resolve("data");
  }

  @Test
  void whatIsAcceptedIsJudgedAndTheRestIsRefusedUntilThereIsRoom() throws Exception {
    byte[] video =
        Files.readAllBytes(
            SyntheticVideo.drawnFace(videos.resolve("f.mp4"), 320, 240, FRAMES / 10, 10));
    String decided;
    try (Pipeline running = started()) {
      decided = retention(running);
      List<String> accepted = uploadUntilRefused(video);
      assertTrue(accepted.size() >= 8, accepted.size() + " were accepted");
      assertTrue(ready().contains("uploads of more than"), ready());
      for (String id : accepted) {
        assertJudged(id);
      }
      assertTrue(firstOffsets(running) > 0, "face frames of " + accepted.size() + " videos fit");
      assertTrue(running.health().isReady(), running.health().detail());

      for (String id : accepted.subList(0, 3)) {
        assertEquals(204, send(request("/v1/videos/" + id).DELETE()).statusCode());
      }
      HttpResponse<String> again = post(video);
      assertEquals(202, again.statusCode(), again.body());
      assertExtractionWaitsForRoom();
      assertJudged(id(again));
    }
    registry.clear();
    try (Pipeline running = started()) {
      assertEquals(decided, retention(running), "the uploads take nothing of the frames' share");
    }
  }

  @Test
  void aBrokerThatHaltsOnAFullDiskSaysSo() throws Exception {
    try (Pipeline running = started()) {
      await(() -> running.health().isReady());
      fill(small.path().resolve("other"), 0);
      Producer<byte[], byte[]> producer =
          new KafkaProducer<>(new ClientProperties(running.connection()).producer());
      for (int i = 0; i < 4; i++) {
        producer.send(new ProducerRecord<>(Topics.DEAD_LETTERS.name(), new byte[1 << 20]));
      }
      await(() -> running.health().isFailed());
      producer.close(Duration.ZERO);
      String detail = running.health().detail();
      assertTrue(detail.contains("the broker process ended"), detail);
      assertTrue(detail.contains("the disk of " + data + " has 0 MB free"), detail);
      assertTrue(detail.contains("make room"), detail);
    }
  }

  private Pipeline started() {
    Map<String, String> variables =
        Map.of(
            ExtractionConfig.SAMPLING, "all",
            StoreConfig.MIN_FREE_MB, "24",
            ThrottleConfig.EVERY, "200ms");
    pipeline =
        new Pipeline(
            StandaloneConfig.from(variables, new DataFolder(data), 0, TestModel.folder()),
            new HttpSettings("127.0.0.1", 0),
            registry);
    pipeline.start();
    return pipeline;
  }

  private List<String> uploadUntilRefused(byte[] video) throws Exception {
    List<String> accepted = new ArrayList<>();
    HttpResponse<String> response = post(video);
    while (response.statusCode() == 202) {
      accepted.add(id(response));
      response = post(video);
    }
    assertEquals(507, response.statusCode(), response.body());
    assertTrue(response.body().contains("storage-full"), response.body());
    return accepted;
  }

  private void assertJudged(String id) throws Exception {
    await(() -> verdict(id).filter(each -> each.getStatus() == VerdictStatus.FINAL).isPresent());
    Verdict verdict = verdict(id).orElseThrow();
    assertEquals(FailureReason.FAILURE_REASON_UNSPECIFIED, verdict.getFailure());
    assertNotEquals(VerdictLabel.INCOMPLETE, verdict.getLabel(), verdict.getReason());
    assertEquals(FRAMES, verdict.getCompleteness().getScored(), verdict.toString());
  }

  /** Somebody else takes the room that was left; extraction goes on once it is given back. */
  private void assertExtractionWaitsForRoom() throws Exception {
    Path other = small.path().resolve("other");
    fill(other, 6 << 20);
    await(() -> pipeline.health().detail().contains("extraction waits: the disk of " + data));
    assertTrue(ready().startsWith("ok: "), ready());
    assertEquals(1, registry.getSampleValue("framewarden_extraction_paused"));
    Files.delete(other);
    await(() -> registry.getSampleValue("framewarden_extraction_paused") == 0);
    assertFalse(pipeline.health().detail().contains("extraction waits"));
  }

  /** Leaves so many bytes. */
  private void fill(Path file, long left) throws IOException {
    byte[] zeros = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      long free = small.path().toFile().getUsableSpace();
      while (free > left) {
        out.write(zeros, 0, (int) Math.min(zeros.length, free - left));
        free = small.path().toFile().getUsableSpace();
      }
    }
  }

  private static String retention(Pipeline running) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.FACE_FRAMES.name());
    try (Admin admin = Admin.create(new ClientProperties(running.connection()).admin())) {
      return admin
          .describeConfigs(List.of(topic))
          .all()
          .get()
          .get(topic)
          .get(TopicConfig.RETENTION_BYTES_CONFIG)
          .value();
    }
  }

  /** How many face frames the topic has deleted. */
  private static long firstOffsets(Pipeline running) throws Exception {
    try (Admin admin = Admin.create(new ClientProperties(running.connection()).admin())) {
      String topic = Topics.FACE_FRAMES.name();
      TopicPartition first = new TopicPartition(topic, 0);
      TopicPartition second = new TopicPartition(topic, 1);
      return admin
          .listOffsets(Map.of(first, OffsetSpec.earliest(), second, OffsetSpec.earliest()))
          .all()
          .get()
          .values()
          .stream()
          .mapToLong(info -> info.offset())
          .sum();
    }
  }

  private Optional<Verdict> verdict(String id) {
    return pipeline.verdicts().find(id);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, () -> pipeline.health().toString());
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** The video with a box of nothing behind it: as large as an upload, and another each time. */
  private HttpResponse<String> post(byte[] video) throws Exception {
    byte[] whole = Arrays.copyOf(video, UPLOAD_BYTES);
    ByteBuffer.wrap(whole, video.length, 8)
        .putInt(UPLOAD_BYTES - video.length)
        .put("free".getBytes(StandardCharsets.US_ASCII));
    whole[UPLOAD_BYTES - 1] = (byte) uploads++;
    return send(request("/v1/videos").POST(HttpRequest.BodyPublishers.ofByteArray(whole)));
  }

  private String ready() throws Exception {
    return send(request("/readyz").GET()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pipeline.httpPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String id(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body()).path("id").asText();
  }
}
