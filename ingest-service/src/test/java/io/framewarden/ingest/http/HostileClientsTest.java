package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.submission.LimitedInputStream.ContentPace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send byte for byte what they should not. */
@Timeout(60)
@Tag("slow")
class HostileClientsTest {
  private static final Duration HEADER_TIME = Duration.ofMillis(700);

  @TempDir Path folder;
  private ApiServer api;

  @BeforeEach
  void listen() throws IOException {
    UploadApiConfig plain = ApiServer.config(folder);
    api =
        new ApiServer(
            new UploadApiConfig(
                plain.access(),
                plain.staging(),
                plain.fetch(),
                plain.maxBytes(),
                60,
                new ContentPace(1000, Duration.ofSeconds(1))),
            upload -> {},
            true,
            HEADER_TIME);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void fiftySlowClientsAtOnceGetThroughAndProbesToo() throws Exception {
    int clients = 50;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        byte[] content = video(20_000, i);
        answers.add(threads.submit(slowly(content)));
      }
      while (api.metric("framewarden_http_uploads_open") < clients) {
        assertEquals(200, api.get("/healthz").statusCode());
      }
      for (Future<String> answer : answers) {
        assertTrue(answer.get().startsWith("HTTP/1.1 202"), answer.get());
      }
      assertEquals(clients, api.published.size());
      assertEquals(clients, api.stored().size());
    } finally {
      threads.shutdownNow();
    }
  }

  /** A tenth of the content every 200 ms. */
  private Callable<String> slowly(byte[] content) {
    return () -> {
      try (RawClient client = new RawClient(api.port())) {
        client.send(header(content.length));
        for (int part = 0; part < 10; part++) {
          int from = content.length / 10 * part;
          client.send(Arrays.copyOfRange(content, from, from + content.length / 10));
          TimeUnit.MILLISECONDS.sleep(200); // the client is slow; nothing is waited for
        }
        return client.readAnswer();
      }
    };
  }

  @Test
  void contentThatTricklesIsCutOff() throws Exception {
    try (RawClient client = new RawClient(api.port())) {
      client.send(header(100_000));
      client.send(video(4200, 1));
      long began = System.nanoTime();
      String answer = "";
      while (answer.isEmpty()) {
        client.send(new byte[] {1});
        TimeUnit.MILLISECONDS.sleep(100);
        if (api.problems("too-slow") > 0) {
          answer = client.readAnswer();
        }
      }
      assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      assertTrue(seconds < 20, seconds + " s");
    }
    assertEquals(List.of(), api.stored());
  }

  @Test
  void headersThatTrickleAreCutOff() throws Exception {
    try (RawClient client = new RawClient(api.port())) {
      client.send("GET /healthz HTTP/1.1\r\n");
      long began = System.nanoTime();
      assertFalse(client.readAll().startsWith("HTTP/1.1 200"));
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      assertTrue(millis < 10_000, millis + " ms");
    }
    try (RawClient client = new RawClient(api.port())) {
      client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(client.readAnswer().startsWith("HTTP/1.1 200"));
      TimeUnit.MILLISECONDS.sleep(HEADER_TIME.toMillis() * 2); // longer than the deadline
      client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertTrue(client.readAll().contains("HTTP/1.1 200"), "a connection in use was cut");
    }
  }

  @Test
  void moreThanTheUploadsAtOnceAreToldToComeBack() throws Exception {
    List<RawClient> waiting = new ArrayList<>();
    try {
      // A busy machine may cut some off, for headers that take it too long to read.
      for (int i = 0; api.metric("framewarden_http_uploads_open") < 60; i++) {
        assertTrue(i < 1000, "60 are never open at once");
        RawClient client = new RawClient(api.port());
        waiting.add(client);
        client.send(header(1_000_000));
        client.send(video(100_000, i));
      }
      assertEquals("busy", ApiServer.problem(api.post("/v1/videos", video(100, 1))));
      assertEquals(200, api.get("/healthz").statusCode());
    } finally {
      for (RawClient client : waiting) {
        client.close();
      }
    }
  }

  @Test
  void contentThatNobodyWantsIsDroppedOrTheConnectionIsSaidToEnd() throws Exception {
    String once = "Idempotency-Key: once\r\n";
    try (RawClient client = new RawClient(api.port())) {
      client.send(header(4200).replace("\r\n\r\n", "\r\n" + once + "\r\n"));
      client.send(video(4200, 1));
      assertFalse(head(client).contains("connection: close"), "all of it was read");
    }
    try (RawClient client = new RawClient(api.port())) {
      client.send(header(4200).replace("\r\n\r\n", "\r\n" + once + "\r\n"));
      client.send(video(4200, 1));
      assertFalse(head(client).contains("connection: close"), "it was little");
    }
    int tooMuch = (int) ApiServer.MAX_BYTES + 1;
    try (RawClient client = new RawClient(api.port())) {
      client.send(header(tooMuch));
      client.send(video(tooMuch, 1));
      String answer = client.readAll();
      assertTrue(answer.startsWith("HTTP/1.1 413"), "it was sent to the end all the same");
      assertTrue(answer.contains("Connection: close"), answer);
    }
  }

  private static String head(RawClient client) throws IOException {
    String answer = client.readAnswer();
    return answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
  }

  @Test
  void nothingIsInjectedIntoHeaders() throws Exception {
    String path = "/v1/videos?name=a%0d%0aX-Evil:%201&rescore=%0d%0aX-Evil:%201";
    assertNoEvil("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n", true);
    assertNoEvil("GET /v1/videos/%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: localhost\r\n", true);
    assertNoEvil("GET /%0d%0aX-Evil:%201 HTTP/1.1\r\nHost: localhost\r\n", true);
    assertNoEvil(
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: a\rX-Evil: 1\r\n", false);
    assertNoEvil(
        "POST /v1/videos HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 5\r\n"
            + "Transfer-Encoding: chunked\r\n",
        true);
    String metadata =
        Base64.getEncoder().encodeToString("a\r\nX-Evil: 1".getBytes(StandardCharsets.US_ASCII));
    assertNoEvil(
        "POST /v1/uploads HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 0\r\n"
            + "Tus-Resumable: 1.0.0\r\n"
            + "Upload-Length: 10\r\n"
            + "Upload-Metadata: filename "
            + metadata
            + "\r\n",
        false);
  }

  @Test
  void whatIsOverlongIsRefused() throws Exception {
    assertStatus("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n", 414, 431);
    assertStatus(
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n",
        431,
        431);
    assertStatus(
        "GET /v1/videos/" + "0".repeat(3000) + " HTTP/1.1\r\nHost: localhost\r\n", 404, 404);
    assertStatus("BREW /v1/videos HTTP/1.1\r\nHost: localhost\r\n", 404, 405);
    assertStatus(
        "POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n",
        400,
        400);
    assertStatus("POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n", 400, 400);
    assertStatus(
        "POST /v1/uploads HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 0\r\n"
            + "Tus-Resumable: 1.0.0\r\n"
            + "Upload-Length: 9999999999999999999999\r\n",
        400,
        400);
    assertStatus(
        "POST /v1/uploads HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 0\r\n"
            + "Tus-Resumable: 1.0.0\r\n"
            + "Upload-Length: 10\r\n"
            + "Upload-Metadata: filename "
            + "QUFB".repeat(1200)
            + "\r\n",
        400,
        400);
  }

  private void assertNoEvil(String head, boolean refused) throws IOException {
    String answer = answer(head);
    assertFalse(answer.toLowerCase(Locale.ROOT).contains("\nx-evil"), answer);
    assertTrue(!refused || answer.startsWith("HTTP/1.1 4"), answer);
    assertFalse(answer.contains("Server: Jetty"), answer);
  }

  private void assertStatus(String head, int one, int other) throws IOException {
    String answer = answer(head);
    assertTrue(
        answer.startsWith("HTTP/1.1 " + one) || answer.startsWith("HTTP/1.1 " + other), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  private String answer(String head) throws IOException {
    try (RawClient client = new RawClient(api.port())) {
      client.send(head + "Connection: close\r\n\r\n");
      return client.readAll();
    }
  }

  private static String header(int length) {
    return "POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
  }
}
