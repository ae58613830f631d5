package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.ingest.kafka.RetryConfig;
import io.framewarden.ingest.sandbox.SandboxConfig;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.testkit.TestModel;
import io.framewarden.testkit.hostile.Canary;
import io.framewarden.testkit.hostile.HostileFile;
import io.framewarden.testkit.hostile.HostileFiles;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that mean harm, over HTTP through the whole pipeline to their verdicts. */
@Timeout(570)
@EnabledOnOs(OS.LINUX) // a FIFO as canary, signals, and a look into /proc
class HostileUploadsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  @TempDir static Path folder;

  private static final CollectorRegistry registry = new CollectorRegistry();
  private static Pipeline pipeline;
  private static int judged;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Double> restartsBefore = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> limits =
        Map.of(
            SandboxConfig.STALL,
            "3m",
            SandboxConfig.DEADLINE,
            "10s",
            SandboxConfig.DEADLINE_FACTOR,
            "1",
            RetryConfig.TRIES,
            "0");
    pipeline =
        new Pipeline(
            StandaloneConfig.from(
                limits, new DataFolder(folder.resolve("data")), 0, TestModel.folder()),
            new HttpSettings("127.0.0.1", 0),
            registry);
    pipeline.start();
  }

  @AfterAll
  static void close() {
    pipeline.close();
  }

  @BeforeEach
  void countRestarts() {
    for (String reason : List.of("crashed", "stalled", "protocol_error", "killed", "starved")) {
      restartsBefore.put(reason, restartsInAll(reason));
    }
  }

  @Test
  void theMaliciousSetIsRefusedWithTheRightReasonsAndLeadsNowhere() throws Exception {
    try (Canary canary = new Canary(folder.resolve("canary.mp4"))) {
      Path set = Files.createDirectory(folder.resolve("set"));
      Map<String, HostileFile> taken = new LinkedHashMap<>();
      for (HostileFile hostile : HostileFiles.write(set, canary)) {
        HttpResponse<String> answer = post(hostile.file());
        if (hostile.refusedBySignature()) {
          assertEquals(415, answer.statusCode(), hostile + " " + answer.body());
          assertEquals(
              hostile.expected().name(), JSON.readTree(answer.body()).path("reason").asText());
        } else {
          assertEquals(202, answer.statusCode(), hostile + " " + answer.body());
          taken.put(id(answer), hostile);
        }
      }
      for (Map.Entry<String, HostileFile> upload : taken.entrySet()) {
        HostileFile hostile = upload.getValue();
        Verdict verdict = awaitVerdict(upload.getKey());
        assertEquals(hostile.expected(), verdict.getFailure(), hostile + " " + verdict);
        boolean refused = hostile.expected() != FailureReason.FAILURE_REASON_UNSPECIFIED;
        assertEquals(refused, verdict.getLabel() == VerdictLabel.UNDECODABLE);
        assertFalse(verdict.toString().contains(canary.file().toString()), "paths of ours");
        assertFalse(canary.isTouched(), "the canary was touched by " + hostile);
      }
    }
    assertEquals(0, restarts("crashed") + restarts("stalled") + restarts("protocol_error"));
    assertJudged();
  }

  @Test
  void decodersKilledOrStoppedInAVideoCostThatVideoOnly() throws Exception {
    Path video = longVideo("killed.mp4", 8);
    String killed = id(post(video));
    Verdict verdict = awaitVerdict(killed, "-KILL");
    assertEquals(FailureReason.DECODER_INTERRUPTED, verdict.getFailure(), verdict.toString());
    assertEquals(VerdictLabel.INCOMPLETE, verdict.getLabel(), "the video did nothing");
    assertEquals(2, restarts("killed"));
    assertJudged();

    String stopped = id(post(longVideo("stopped.mp4", 9)));
    verdict = awaitVerdict(stopped, "-STOP");
    assertEquals(FailureReason.DECODER_STARVED, verdict.getFailure(), verdict.toString());
    assertEquals(VerdictLabel.INCOMPLETE, verdict.getLabel());
    assertEquals(1, restarts("starved"));
    assertJudged();
    assertTrue(pipeline.health().isReady(), pipeline.health().detail());
  }

  /** Another video is judged as if nothing had been. */
  private void assertJudged() throws Exception {
    judged++; // its length, so that its bytes are not known yet
    Path good = SyntheticVideo.drawnFace(folder.resolve("good.mp4"), 320, 240, 10, judged);
    Verdict verdict = awaitVerdict(id(post(good)));
    assertEquals(FailureReason.FAILURE_REASON_UNSPECIFIED, verdict.getFailure());
    assertNotEquals(0, verdict.getCompleteness().getExpected(), verdict.toString());
    assertEquals(0, verdict.getCompleteness().getMissing());
  }

  /** Long and large enough to be caught in the middle. */
  private Path longVideo(String name, int seconds) throws IOException {
    return SyntheticVideo.drawnFace(folder.resolve(name), 960, 540, 20, seconds);
  }

  private Verdict awaitVerdict(String id) throws Exception {
    return awaitVerdict(id, "");
  }

  /** Sends the signal, if any, to each decoder that has the video open, once. */
  private Verdict awaitVerdict(String id, String signal) throws Exception {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    long last = -1;
    while (System.nanoTime() < deadline) {
      Optional<Verdict> found = pipeline.verdicts().find(id);
      if (found.isPresent() && found.get().getStatus() == VerdictStatus.FINAL) {
        return found.get();
      }
      assertTrue(pipeline.health().isReady(), pipeline.health().detail());
      long decoder = signal.isEmpty() ? -1 : Decoders.of(id);
      if (decoder >= 0 && decoder != last) {
        Decoders.signal(signal, decoder);
        last = decoder;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("no verdict on " + id);
  }

  /** Since the test began. */
  private double restarts(String reason) {
    return restartsInAll(reason) - restartsBefore.get(reason);
  }

  private static double restartsInAll(String reason) {
    return registry.getSampleValue(
        "framewarden_decoder_restarts_total", new String[] {"reason"}, new String[] {reason});
  }

  private HttpResponse<String> post(Path file) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:" + pipeline.httpPort() + "/v1/videos?name=" + file.getFileName());
    return client.send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofFile(file)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String id(HttpResponse<String> answer) throws IOException {
    JsonNode body = JSON.readTree(answer.body());
    assertTrue(answer.statusCode() == 202, answer.body());
    return answer.headers().firstValue("Location").orElse(body.toString()).replaceAll(".*/", "");
  }
}
