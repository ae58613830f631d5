package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.framewarden.ingest.fetch.FetchConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched, and above all what is not. */
@Timeout(60)
class FromUriTest {
  private static final byte[] VIDEO = video(300_000, 1);

  @TempDir Path folder;
  private final AtomicInteger canary = new AtomicInteger();
  private final AtomicInteger contacted = new AtomicInteger();
  private HttpServer web;
  private ApiServer api;

  @BeforeEach
  void listen() throws IOException {
    Path allowed = Files.createDirectories(folder.resolve("allowed/in"));
    Files.write(allowed.resolve("clip.mp4"), VIDEO);
    Files.write(folder.resolve("canary.mp4"), VIDEO);
    Files.createSymbolicLink(allowed.resolve("link.mp4"), folder.resolve("canary.mp4"));
    Files.createSymbolicLink(folder.resolve("allowed/out"), folder);
    web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    answer("/media/clip.mp4", 200);
    answer("/media/missing.mp4", 404);
    answer("/private/canary.mp4", 200);
    web.createContext(
        "/media/moved.mp4",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/private/canary.mp4");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    web.start();
    api = server(List.of(folder.resolve("allowed").toUri(), web("/media/")));
  }

  @AfterEach
  void close() {
    api.close();
    web.stop(0);
  }

  @Test
  void fetchesFromAllowedPlaces() throws Exception {
    HttpResponse<String> file = fetch(folder.resolve("allowed/in/clip.mp4").toUri().toString());
    assertEquals(202, file.statusCode(), file.body());
    assertEquals("clip.mp4", json(file).at("/upload/fileName").asText());
    assertEquals(VIDEO.length, json(file).at("/upload/sizeBytes").asInt());
    HttpResponse<String> again = fetch(web("/media/clip.mp4").toString());
    assertEquals(json(file).get("id"), json(again).get("id"), again.body());
  }

  @Test
  void followsNothingThatLeadsElsewhere() throws Exception {
    assertEquals("source-unavailable", refusal(allowed("in/link.mp4")));
    assertEquals("source-unavailable", refusal(allowed("out/canary.mp4")));
    assertEquals("source-unavailable", refusal(allowed("in")));
    assertEquals("source-unavailable", refusal(web("/media/moved.mp4").toString()));
    assertEquals("source-unavailable", refusal(web("/media/missing.mp4").toString()));
    assertEquals(0, canary.get());
    assertEquals(List.of(), api.stored());
  }

  @Test
  void fetchesFromNowhereElse() throws Exception {
    assertEquals("source-not-allowed", refusal(folder.resolve("canary.mp4").toUri().toString()));
    assertEquals("source-not-allowed", refusal("file:///etc/passwd"));
    assertEquals("source-not-allowed", refusal(web("/private/canary.mp4").toString()));
    assertEquals("source-not-allowed", refusal("s3://bucket/key.mp4"));
    assertEquals("source-not-allowed", refusal("gopher://127.0.0.1/x"));
    int port = web.getAddress().getPort();
    assertEquals("source-not-allowed", refusal("http://127.0.0.1.evil.test:" + port + "/media/x"));
    assertEquals("malformed-request", refusal("http://a@127.0.0.1:" + port + "/media/clip.mp4"));
    assertEquals("malformed-request", refusal(allowed("../canary.mp4")));
    assertEquals("malformed-request", refusal(allowed("%2e%2e/canary.mp4")));
    assertEquals("malformed-request", refusal(allowed("..%2fcanary.mp4")));
    assertEquals("malformed-request", refusal("in/clip.mp4"));
    assertEquals("malformed-request", refusal("file:relative.mp4"));
    assertEquals("malformed-request", refusal("http://\r\nX: y/"));
    assertEquals("malformed-request", refusal("http://127.0.0.1/" + "x".repeat(3000)));
    assertEquals(400, api.postJson("/v1/videos:fromUri", "no json").statusCode());
    assertEquals(400, api.postJson("/v1/videos:fromUri", "{\"uri\":7}").statusCode());
    assertEquals(413, api.postJson("/v1/videos:fromUri", " ".repeat(10_000)).statusCode());
    assertEquals(0, canary.get());
  }

  @Test
  void aNameThatLeadsIntoTheNetworkIsRefusedThoughItIsAllowed() throws Exception {
    api.close();
    int port = web.getAddress().getPort();
    // A name, not an address and not localhost itself: it could lead anywhere the next time.
    String name = InetAddress.getLocalHost().getHostName();
    assumeTrue(leadsInside(name), name + " has no address of a private network");
    api = server(List.of(URI.create("http://" + name + ":" + port + "/media/")));
    int before = contacted.get();
    assertEquals("source-not-allowed", refusal("http://" + name + ":" + port + "/media/clip.mp4"));
    assertEquals(before, contacted.get());
    api.close();
    api = server(List.of(URI.create("http://localhost:" + port + "/media/")));
    assertEquals(202, fetch("http://localhost:" + port + "/media/clip.mp4").statusCode());
  }

  private static boolean leadsInside(String name) {
    try {
      InetAddress address = InetAddress.getByName(name);
      return !name.equals("localhost")
          && !name.equals(address.getHostAddress())
          && (address.isLoopbackAddress() || address.isSiteLocalAddress());
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Test
  void nothingIsFetchedByDefault() throws Exception {
    api.close();
    api = server(List.of());
    assertEquals("source-not-allowed", refusal(allowed("in/clip.mp4")));
  }

  @Test
  void aFetchedFileIsHeldToTheLimit() throws Exception {
    Files.write(folder.resolve("allowed/large.mp4"), video((int) ApiServer.MAX_BYTES + 1, 2));
    HttpResponse<String> large = fetch(allowed("large.mp4"));
    assertEquals(413, large.statusCode());
    assertEquals(List.of(), api.stored());
  }

  private ApiServer server(List<URI> allowed) throws IOException {
    UploadApiConfig plain = ApiServer.config(folder);
    return new ApiServer(
        new UploadApiConfig(
            plain.access(),
            plain.staging(),
            new FetchConfig(allowed, Duration.ofSeconds(10), plain.fetch().s3()),
            plain.maxBytes(),
            plain.uploadsAtOnce(),
            plain.pace()));
  }

  private void answer(String path, int status) {
    web.createContext(
        path,
        exchange -> {
          contacted.incrementAndGet();
          if (path.contains("canary")) {
            canary.incrementAndGet();
          }
          exchange.sendResponseHeaders(status, VIDEO.length);
          exchange.getResponseBody().write(VIDEO);
          exchange.close();
        });
  }

  private URI web(String path) {
    return URI.create("http://127.0.0.1:" + web.getAddress().getPort() + path);
  }

  private String allowed(String path) {
    return folder.resolve("allowed").toUri() + path;
  }

  private HttpResponse<String> fetch(String uri) throws Exception {
    String body = JsonNodeFactory.instance.objectNode().put("uri", uri).toString();
    return api.postJson("/v1/videos:fromUri", body);
  }

  private String refusal(String uri) throws Exception {
    return problem(fetch(uri));
  }
}
