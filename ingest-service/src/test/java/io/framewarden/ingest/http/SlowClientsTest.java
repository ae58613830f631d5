package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several hundred clients that begin a request and hardly go on. */
@Timeout(120)
class SlowClientsTest {
  private static final int CLIENTS = 400;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final String FROM_URI =
      "POST /v1/videos:fromUri HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  @TempDir Path folder;
  private final List<SocketChannel> clients = new ArrayList<>();
  private ApiServer api;

  @AfterEach
  void close() throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    api.close();
  }

  @Test
  void jsonThatDoesNotComeHoldsNothingElseUp() throws Exception {
    listen(LONG);
    begin(FROM_URI + "Content-Length: 100\r\n\r\n{");
    awaitBusy();
    assertOthersAreServed();
  }

  @Test
  void soItIsInPiecesAndForDecisions() throws Exception {
    listen(LONG);
    String path = taken(1);
    begin(
        "POST "
            + path
            + "/decisions HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
    awaitBusy();
    assertOthersAreServed();
  }

  @Test
  void headersOfALaterRequestThatDoNotComeHoldNothingUp() throws Exception {
    listen(LONG);
    begin("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /v1/videos HTTP/1.1\r\nHo");
    for (SocketChannel client : clients) {
      assertTrue(read(client).startsWith("HTTP/1.1 200"));
    }
    assertOthersAreServed();
  }

  @Test
  void headersOfALaterRequestThatTrickleAreCutOff() throws Exception {
    listen(SHORT);
    try (RawClient client = new RawClient(api.port())) {
      client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(client.readAnswer().startsWith("HTTP/1.1 200"));
      client.send("GET /healthz HTTP/1.1\r\n");
      assertTrickleEnds(client, "X");
    }
  }

  @Test
  void jsonThatTricklesIsCutOff() throws Exception {
    listen(SHORT);
    for (String announced :
        List.of("Content-Length: 8000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n1000\r\n")) {
      try (RawClient client = new RawClient(api.port())) {
        client.send(FROM_URI + announced);
        assertTrickleEnds(client, " ");
      }
    }
    assertOthersAreServed();
  }

  @Test
  void contentThatNoRouteWantsIsCutOffToo() throws Exception {
    listen(SHORT);
    for (String route : List.of("GET /v1/videos", "DELETE /v1/videos/x", "POST /none")) {
      try (RawClient client = new RawClient(api.port())) {
        client.send(route + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8000\r\n\r\n");
        assertTrickleEnds(client, " ");
      }
    }
  }

  @Test
  void slowUploadsThatKeepTheirPaceAreNotCutOff() throws Exception {
    listen(SHORT);
    byte[] content = video(2000, 1);
    try (RawClient client = new RawClient(api.port())) {
      client.send("POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n");
      for (byte[] part :
          List.of(Arrays.copyOf(content, 1000), Arrays.copyOfRange(content, 1000, 2000))) {
        client.send(part);
        TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() * 2); // the client is slow
      }
      assertTrue(client.readAnswer().startsWith("HTTP/1.1 202"));
    }
  }

  private void listen(Duration headerTime) throws IOException {
    api = new ApiServer(ApiServer.config(folder), upload -> {}, true, headerTime);
  }

  /** Sends the beginning of a request, many times. */
  private void begin(String request) throws IOException {
    byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < CLIENTS; i++) {
      SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", api.port()));
      clients.add(client);
      client.write(ByteBuffer.wrap(bytes));
    }
  }

  /** Until all but those that are waited for were told to come back. */
  private void awaitBusy() {
    while (api.problems("busy") < CLIENTS - 16) {
      Thread.onSpinWait();
    }
  }

  private void assertOthersAreServed() throws Exception {
    assertEquals(200, api.get("/healthz").statusCode());
    assertEquals(200, api.get("/readyz").statusCode());
    assertEquals(200, api.get("/metrics").statusCode());
    taken(2);
    // Its JSON comes with its headers.
    String json = "{\"uri\":\"s3://a/b\"}";
    try (RawClient client = new RawClient(api.port())) {
      client.send(FROM_URI + "Content-Length: " + json.length() + "\r\n\r\n" + json);
      assertTrue(client.readAnswer().startsWith("HTTP/1.1 403"));
    }
  }

  private String taken(int seed) throws Exception {
    HttpResponse<String> answer = api.post("/v1/videos", video(1000, seed));
    assertEquals(202, answer.statusCode(), () -> answer.body());
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static String read(SocketChannel client) throws IOException {
    ByteBuffer some = ByteBuffer.allocate(12);
    while (some.hasRemaining() && client.read(some) >= 0) {}
    return new String(some.array(), StandardCharsets.ISO_8859_1);
  }

  /** The server ends the connection, though there is a byte again and again. */
  private static void assertTrickleEnds(RawClient client, String piece) throws Exception {
    try {
      while (true) {
        client.send(piece);
        TimeUnit.MILLISECONDS.sleep(20); // the client is slow
      }
    } catch (IOException e) {
      // as it must be
    }
  }
}
