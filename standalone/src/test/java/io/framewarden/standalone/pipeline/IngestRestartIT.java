package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.extraction.ffmpeg.ContainerSignature;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicProvisioner;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.testkit.broker.TestBroker;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.VideoMarker;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an ingest process that is stopped, or killed, leaves to the next one. No scorer runs. */
@Timeout(900)
class IngestRestartIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private KafkaConnection connection;
  private IngestServer ingest;

  @BeforeEach
  void makeTopics() throws Exception {
    Files.createDirectories(folder.resolve("ingest"));
    connection = KafkaConnection.embedded(TestBroker.empty());
    new TopicProvisioner(connection).ensure(Topics.all());
  }

  @AfterEach
  void stop() throws Exception {
    ingest.close();
  }

  @Test
  void aVideoInWorkIsFinishedWithinTheGrace() throws Exception {
    start(Map.of("FRAMEWARDEN_INGEST_SHUTDOWN_GRACE", "40s"));
    String id = upload(video("a.mp4", 20, 8));
    awaitFaces(id);
    assertEquals(143, ingest.stop());
    assertEquals(List.of(id), all(Topics.VIDEO_MARKERS).stream().map(m -> m.getVideoId()).toList());
    ingest.start();
    ingest.awaitReady();
    assertEquals("SCORING", state(id).path("state").asText());
    assertEquals(1, attempts(id).size(), "it was extracted once");
  }

  @Test
  void aLongVideoIsHandedBackAndEndsWithOneMarker() throws Exception {
    start(Map.of("FRAMEWARDEN_INGEST_SHUTDOWN_GRACE", "0s"));
    String id = upload(video("long.mp4", 20, 15));
    awaitFaces(id);
    assertEquals(143, ingest.stop());
    assertEquals(List.of(), all(Topics.VIDEO_MARKERS), "it was not to end here");
    ingest.start();
    ingest.awaitReady();
    await(() -> !all(Topics.VIDEO_MARKERS).isEmpty());
    ingest.stop();
    List<VideoMarker> markers = all(Topics.VIDEO_MARKERS);
    assertEquals(1, markers.size());
    List<Long> attempts = attempts(id);
    assertEquals(2, attempts.size());
    assertEquals(attempts.get(1), markers.get(0).getAttempt(), "the higher one counts");
  }

  @Test
  void deletionStopsARunningExtraction() throws Exception {
    start(Map.of());
    String id = upload(video("long.mp4", 20, 25));
    awaitFaces(id);
    assertEquals(204, send(request("/v1/videos/" + id).DELETE()).statusCode());
    String next = upload(video("next.mp4", 12, 1));
    await(() -> !all(Topics.VIDEO_MARKERS).isEmpty());
    assertEquals(next, all(Topics.VIDEO_MARKERS).get(0).getVideoId());
    String metrics = ingest.get("/metrics").body();
    assertTrue(
        metrics.contains("framewarden_decoder_restarts_total{reason=\"cancelled\",} 1.0"), metrics);
    assertEquals(1, all(Topics.VIDEO_MARKERS).size());
  }

  @Test
  void aResumableUploadGoesOnAfterAKillAndAfterAStop() throws Exception {
    start(Map.of());
    byte[] content = Files.readAllBytes(video("a.mp4", 20, 2));
    int third = content.length / 3;
    HttpResponse<String> created =
        send(
            tus("/v1/uploads")
                .header("Upload-Length", Integer.toString(content.length))
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertEquals(201, created.statusCode(), created.body());
    String upload = created.headers().firstValue("Location").orElseThrow();
    part(upload, content, 0, third);
    ingest.kill();
    restart();
    assertEquals(third, offset(upload));
    part(upload, content, third, 2 * third);
    assertEquals(143, ingest.stop());
    restart();
    assertEquals(2 * third, offset(upload));
    HttpResponse<String> last = part(upload, content, 2 * third, content.length);
    assertTrue(last.headers().firstValue("Content-Location").isPresent());
    assertEquals(content.length, all(Topics.VIDEO_UPLOADS).get(0).getSizeBytes());
    ingest.kill();
    restart();
    HttpResponse<String> known = send(tus(upload).method("HEAD", none()));
    assertEquals(
        last.headers().firstValue("Content-Location"),
        known.headers().firstValue("Content-Location"));
    assertEquals(1, all(Topics.VIDEO_UPLOADS).size());
  }

  @Test
  void anUploadThatARestartCutsLeavesNothing() throws Exception {
    start(Map.of());
    for (boolean kill : new boolean[] {true, false}) {
      // Half of it is more than is looked at before anything is stored.
      byte[] content =
          Arrays.copyOf(Files.readAllBytes(video("cut.mp4", 20, 2)), 4 * ContainerSignature.BYTES);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
        OutputStream out = client.getOutputStream();
        String head =
            "POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + content.length
                + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(content, 0, content.length / 2);
        out.flush();
        await(() -> !files(ingest.objects()).isEmpty() && !files(ingest.staging()).isEmpty());
        if (kill) {
          ingest.kill();
        } else {
          ingest.stop();
        }
      }
      restart();
      await(() -> files(ingest.staging()).isEmpty());
      assertEquals(List.of(), files(ingest.objects()));
      assertEquals(List.of(), all(Topics.VIDEO_UPLOADS));
    }
    ingest.stop();
    assertEquals(List.of(), files(ingest.temporary()));
  }

  @Test
  void whatIsKnownOfAVideoIsKnownAfterARestart() throws Exception {
    Map<String, String> quota = new HashMap<>();
    Path video = video("a.mp4", 12, 1);
    quota.put("FRAMEWARDEN_SUBMITTER_MAX_BYTES", Long.toString(3 * Files.size(video) - 1));
    start(quota);
    String id = upload(video, "/v1/videos", "Idempotency-Key", "k");
    ingest.kill();
    restart();
    assertEquals(id, upload(video, "/v1/videos", "Idempotency-Key", "k"));
    assertEquals(id, upload(video));
    assertEquals(1, all(Topics.VIDEO_UPLOADS).size());
    assertNotEquals(id, upload(video, "/v1/videos?rescore"));
    assertEquals(2, all(Topics.VIDEO_UPLOADS).size());
    restartByKill();
    HttpResponse<String> refused =
        send(request("/v1/videos?rescore").POST(HttpRequest.BodyPublishers.ofFile(video)));
    assertEquals(507, refused.statusCode(), "what is stored counts after a restart as well");
    assertTrue(refused.body().contains("quota-exceeded"), refused.body());
  }

  private void start(Map<String, String> more) throws Exception {
    Map<String, String> all = new HashMap<>(more);
    all.put("FRAMEWARDEN_SAMPLING", "all");
    all.put("FRAMEWARDEN_DECODER_THREADS", "1");
    ingest = new IngestServer(connection.bootstrapServers(), folder.resolve("ingest"), all);
    restart();
  }

  private void restart() throws Exception {
    ingest.start();
    ingest.awaitReady();
  }

  private void restartByKill() throws Exception {
    ingest.kill();
    restart();
  }

  private Path video(String name, int rate, int seconds) throws Exception {
    return SyntheticVideo.drawnFace(folder.resolve(name), 320, 240, rate, seconds);
  }

  private String upload(Path video) throws Exception {
    return upload(video, "/v1/videos");
  }

  private String upload(Path video, String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofFile(video));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = send(request);
    assertEquals(2, answer.statusCode() / 100, answer.body());
    return JSON.readTree(answer.body()).path("id").asText();
  }

  private HttpResponse<String> part(String upload, byte[] content, int from, int to)
      throws Exception {
    HttpResponse<String> answer =
        send(
            tus(upload)
                .header("Upload-Offset", Integer.toString(from))
                .header("Content-Type", "application/offset+octet-stream")
                .method(
                    "PATCH",
                    HttpRequest.BodyPublishers.ofByteArray(Arrays.copyOfRange(content, from, to))));
    assertEquals(204, answer.statusCode(), answer.body());
    return answer;
  }

  private int offset(String upload) throws Exception {
    return Integer.parseInt(
        send(tus(upload).method("HEAD", none())).headers().firstValue("Upload-Offset").orElse(""));
  }

  private HttpRequest.Builder tus(String path) {
    return request(path).header("Tus-Resumable", "1.0.0");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(ingest.uri(path));
  }

  private static HttpRequest.BodyPublisher none() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return ingest.send(request.build());
  }

  private JsonNode state(String id) throws Exception {
    return JSON.readTree(ingest.get("/v1/videos/" + id).body());
  }

  private void awaitFaces(String id) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (state(id).path("progress").path("faces").asInt() == 0) {
      assertTrue(System.nanoTime() < deadline, "no faces" + ingest.log());
      assertFalse(ingest.endsWithin(20), ingest.log());
    }
  }

  private void await(BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, ingest.log());
      assertFalse(ingest.endsWithin(50), ingest.log());
    }
  }

  /** The attempts under which a video has face frames, lowest first. */
  private List<Long> attempts(String id) {
    return all(Topics.FACE_FRAMES).stream()
        .filter(frame -> frame.getVideoId().equals(id))
        .map(FaceFrame::getAttempt)
        .distinct()
        .sorted()
        .toList();
  }

  private <V> List<V> all(Topic<String, V> topic) {
    List<V> values = new ArrayList<>();
    TopicRange.read(
        connection,
        topic,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> {
          if (message.value() != null) {
            values.add(topic.value().decode(message.value()));
          }
        });
    return values;
  }

  private static List<Path> files(Path under) {
    try (Stream<Path> walk = Files.walk(under)) {
      return walk.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).toList();
    } catch (java.io.IOException | java.io.UncheckedIOException e) {
      return List.of(under.resolve("changing")); // a file went while we looked: look again
    }
  }
}
