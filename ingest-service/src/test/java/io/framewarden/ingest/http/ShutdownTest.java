package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever uploads while the service stops hears so, and when to come again. */
@Timeout(60)
@Tag("slow")
class ShutdownTest {
  private static final byte[] VIDEO = video(100_000, 1);
  private static final int HALF = VIDEO.length / 2;

  @TempDir Path folder;
  private ApiServer api;

  @BeforeEach
  void listen() throws IOException {
    api = new ApiServer(ApiServer.config(folder));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aNewUploadIsRefusedInEveryWay() throws Exception {
    String path = created();
    api.stopTaking();
    assertStopping(api.post("/v1/videos", VIDEO));
    assertStopping(api.postJson("/v1/videos:fromUri", "{\"uri\":\"s3://a/b\"}"));
    assertStopping(create());
    assertStopping(
        api.send(
            "PATCH",
            path,
            BodyPublishers.ofByteArray(VIDEO),
            "Tus-Resumable",
            "1.0.0",
            "Upload-Offset",
            "0",
            "Content-Type",
            "application/offset+octet-stream"));
    assertEquals(503, api.get("/readyz").statusCode());
    assertEquals(200, api.get("/healthz").statusCode());
    assertEquals(List.of(), api.published);
    assertEquals(List.of(), api.stored());
  }

  @Test
  void anUploadThatHasBegunMayEnd() throws Exception {
    try (RawClient client = new RawClient(api.port())) {
      client.send(head("POST /v1/videos", ""));
      client.send(Arrays.copyOf(VIDEO, HALF));
      awaitOpen();
      api.stopTaking();
      client.send(Arrays.copyOfRange(VIDEO, HALF, VIDEO.length));
      String answer = client.readAll();
      assertTrue(answer.startsWith("HTTP/1.1 202"), answer);
    }
    assertEquals(1, api.published.size());
  }

  @Test
  void oneThatDoesNotEndInTimeIsAnsweredAndNotKept() throws Exception {
    String answer = closedDuring("POST /v1/videos", "");
    assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
    assertTrue(answer.contains("\r\nRetry-After: "), answer);
    assertTrue(answer.contains("the service is stopping"), answer);
    assertEquals(List.of(), api.published);
    assertEquals(List.of(), api.stored());
  }

  @Test
  void aResumableOneKeepsWhatCame() throws Exception {
    String path = created();
    String answer =
        closedDuring(
            "PATCH " + path,
            "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                + "Content-Type: application/offset+octet-stream\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
    Path data = folder.resolve("staging" + path.substring("/v1/uploads".length()) + ".data");
    assertTrue(Files.size(data) >= HALF, () -> data + " is short");
  }

  /** What a client hears that sends on and on while everything is closed. */
  private String closedDuring(String request, String headers) throws Exception {
    try (RawClient client = new RawClient(api.port())) {
      client.send(head(request, headers));
      client.send(Arrays.copyOf(VIDEO, HALF));
      awaitOpen();
      Thread closing = new Thread(api::close);
      closing.start();
      while (api.problems("unavailable") == 0) {
        client.send(new byte[] {1});
        TimeUnit.MILLISECONDS.sleep(20);
      }
      String answer = client.readAll();
      closing.join();
      return answer;
    }
  }

  private void awaitOpen() {
    while (api.metric("framewarden_http_received_bytes_total") < HALF) {
      Thread.onSpinWait();
    }
  }

  private static String head(String request, String headers) {
    return request
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + VIDEO.length
        + "\r\n"
        + headers
        + "\r\n";
  }

  private HttpResponse<String> create() throws Exception {
    String length = Integer.toString(VIDEO.length);
    return api.post("/v1/uploads", new byte[0], "Tus-Resumable", "1.0.0", "Upload-Length", length);
  }

  private String created() throws Exception {
    return create().headers().firstValue("Location").orElseThrow();
  }

  private static void assertStopping(HttpResponse<String> answer) throws IOException {
    assertEquals(503, answer.statusCode(), answer.body());
    assertEquals("unavailable", problem(answer));
    assertTrue(answer.body().contains("stopping"), answer.body());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
  }
}
