package io.framewarden.standalone.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.framewarden.runtime.process.JavaCommand;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.standalone.FramewardenMain;
import io.framewarden.testkit.video.SyntheticVideo;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code framewarden serve} as a process of its own, over real sockets. */
@Timeout(300)
class ServeIT {
  private static final int MAX_MIN_FREE_MB = 1 << 20;
  private static final String LISTENS = "framewarden listens on ";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** With decoder children, as usual. */
  private static final List<String> EXTRACTION_STAGES =
      List.of(
          "fetch",
          "decoder_wait",
          "probe",
          "decode",
          "convert",
          "detect",
          "track",
          "align",
          "publish");

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private String address;

  @Test
  void takesAVideoAnswersWithItsVerdictAndKeepsWhatItKnowsAcrossARestart() throws Exception {
    Path video = SyntheticVideo.drawnFace(folder.resolve("face.mp4"), 640, 480, 25, 2);
    Process first = serve();
    String location = location(video);
    JsonNode decided = awaitDecided(location);
    assertEquals("face.mp4", decided.at("/upload/fileName").asText());
    assertEquals("id-face.mp4", decided.at("/verdict/reference/externalId").asText());
    assertEquals("spring", decided.at("/verdict/reference/metadata/campaign").asText());
    assertEquals(0, decided.at("/verdict/completeness/missing").asInt(-1));
    decided = decide(location);
    assertEquals(200, get("/healthz").statusCode());
    assertEquals(200, get("/readyz").statusCode());
    String metrics = get("/metrics").body();
    assertTrue(metrics.contains("framewarden_uploads_total 1.0"));
    for (String stage : EXTRACTION_STAGES) {
      String told = "framewarden_extraction_stage_seconds_count{stage=\"" + stage + "\",} 1.0";
      assertTrue(metrics.contains(told), told);
    }
    String unwanted = location(SyntheticVideo.emptyRoom(folder.resolve("b.mp4"), 320, 240, 5, 1));
    assertEquals(204, delete(unwanted).statusCode());
    assertEquals(410, get(unwanted).statusCode());
    stop(first);

    Process second = serve();
    assertEquals(410, get(unwanted).statusCode());
    assertEquals(decided, JSON.readTree(get(location).body()));
    JsonNode list = JSON.readTree(get("/v1/videos?label=" + label(decided)).body());
    assertEquals(1, list.get("videos").size(), list.toString());
    assertEquals(decided.get("id"), list.at("/videos/0/id"));
    assertEquals(decided.at("/verdict/label"), list.at("/videos/0/verdict/label"));
    assertEquals("id-face.mp4", list.at("/videos/0/reference/externalId").asText());
    HttpResponse<String> again = post(HttpRequest.BodyPublishers.ofFile(video), uploads(video));
    assertEquals(200, again.statusCode());
    assertEquals(decided, JSON.readTree(again.body()));
    assertEquals(204, delete(location).statusCode());
    assertEquals(410, get(location).statusCode());
    assertRefusesWhatIsNoVideoWithAProblem();
    assertTrue(!get("/metrics").body().contains("framewarden_dead_letters_total{"));
    stop(second);
  }

  /** The one in the middle of its upload, and the one who only comes then. */
  @Test
  void whoUploadsWhileItStopsHearsToTryAgain() throws Exception {
    byte[] video =
        Files.readAllBytes(SyntheticVideo.emptyRoom(folder.resolve("c.mp4"), 320, 240, 5, 1));
    Process server = serve();
    URI at = URI.create(address);
    try (Socket client = new Socket(at.getHost(), at.getPort())) {
      String head = "POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
      OutputStream out = client.getOutputStream();
      out.write((head + "Content-Length: 1000000000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(video);
      while (!get("/metrics").body().contains("framewarden_http_uploads_open 1.0")) {
        Thread.onSpinWait();
      }
      server.destroy();
      HttpResponse<String> late = post(HttpRequest.BodyPublishers.ofByteArray(video), "/v1/videos");
      while (late.statusCode() < 300) {
        late = post(HttpRequest.BodyPublishers.ofByteArray(video), "/v1/videos");
      }
      assertEquals(503, late.statusCode(), late.body());
      assertTrue(late.headers().firstValue("Retry-After").isPresent());
      while (client.getInputStream().available() == 0) {
        out.write(1);
        TimeUnit.MILLISECONDS.sleep(20);
      }
      String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
      assertTrue(answer.contains("\r\nRetry-After: "), answer);
    }
    assertTrue(server.waitFor(60, TimeUnit.SECONDS), "did not stop when told to");
  }

  private String location(Path video) throws Exception {
    HttpResponse<String> accepted = post(HttpRequest.BodyPublishers.ofFile(video), uploads(video));
    assertEquals(202, accepted.statusCode(), accepted.body());
    return accepted.headers().firstValue("Location").orElseThrow();
  }

  /** Upholds the verdict. */
  private JsonNode decide(String location) throws Exception {
    HttpResponse<String> decision =
        client.send(
            HttpRequest.newBuilder(URI.create(address + location + "/decisions"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"outcome\": \"UPHELD\", \"note\": \"clear\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(201, decision.statusCode(), decision.body());
    JsonNode decided = JSON.readTree(get(location).body());
    assertEquals(JSON.readTree(decision.body()), decided.get("decision"));
    assertEquals(label(decided), decided.at("/decision/label").asText());
    return decided;
  }

  private static String label(JsonNode video) {
    return video.at("/verdict/label").asText();
  }

  private static String uploads(Path video) {
    String name = video.getFileName().toString();
    return "/v1/videos?name=%s&external_id=id-%s&metadata.campaign=spring".formatted(name, name);
  }

  private void assertRefusesWhatIsNoVideoWithAProblem() throws Exception {
    HttpResponse<String> text =
        post(HttpRequest.BodyPublishers.ofString("no video at all"), "/v1/videos");
    assertEquals(415, text.statusCode());
    assertEquals(
        "application/problem+json", text.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("NOT_A_VIDEO", JSON.readTree(text.body()).get("reason").asText());
    assertEquals(400, post(HttpRequest.BodyPublishers.noBody(), "/v1/videos").statusCode());
    assertEquals(404, get("/v1/videos/none").statusCode());
  }

  /** A disk is full for the store when it has less than the store must leave free. */
  @Test
  void readinessReportsAFullDisk() throws Exception {
    assumeTrue(folder.toFile().getUsableSpace() >> 20 < MAX_MIN_FREE_MB, "the disk is too large");
    Process server = serve(Map.of(StoreConfig.MIN_FREE_MB, Integer.toString(MAX_MIN_FREE_MB)));
    HttpResponse<String> ready = awaitReady();
    assertTrue(
        ready.body().contains("uploads are refused: the disk of the object store is full"),
        ready.body());
    assertEquals(
        507, post(HttpRequest.BodyPublishers.ofString("a video"), "/v1/videos").statusCode());
    stop(server);
  }

  private Process serve() throws Exception {
    return serve(Map.of());
  }

  private Process serve(Map<String, String> variables) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(
                JavaCommand.of(
                    FramewardenMain.class,
                    List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dframewarden.home=" + System.getProperty("framewarden.home")),
                    List.of(
                        "serve",
                        "--port=0",
                        "--kafka-port=0",
                        "--data-dir=" + folder.resolve("data"))))
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("err.log").toFile()));
    command.environment().putAll(variables);
    Process process = command.start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    while (line != null && !line.startsWith(LISTENS)) {
      line = out.readLine();
    }
    assertTrue(line != null, "the server ended instead of listening");
    address = line.substring(LISTENS.length());
    return process;
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "did not stop when told to");
  }

  private JsonNode awaitDecided(String location) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    JsonNode body = JSON.readTree(get(location).body());
    while (!body.get("state").asText().equals("DECIDED")) {
      assertTrue(System.nanoTime() < deadline, "not decided: " + body);
      body = JSON.readTree(get(location).body());
    }
    return body;
  }

  /** Status and deletion need no room: a server with a full disk becomes ready, too. */
  private HttpResponse<String> awaitReady() throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    HttpResponse<String> ready = get("/readyz");
    while (ready.statusCode() != 200) {
      assertTrue(System.nanoTime() < deadline, "not ready: " + ready.body());
      ready = get("/readyz");
    }
    return ready;
  }

  private HttpResponse<String> post(HttpRequest.BodyPublisher body, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path)).POST(body).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path)).DELETE().build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
