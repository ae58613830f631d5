package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.PlainTokens;
import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real browser, as far as there is one: a page of another origin uploads by the tus protocol and
 * by one request, and says what it was allowed to see.
 */
@Timeout(120)
class BrowserIT {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final byte[] VIDEO = video(50_000, 1);

  @TempDir Path folder;
  private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
  private HttpServer pages;
  private String token;

  @BeforeEach
  void serve() throws IOException {
    token = new TokenFile(folder.resolve("tokens.json")).create("site", Role.UPLOADER);
    pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.start();
  }

  @AfterEach
  void close() {
    pages.stop(0);
  }

  @Test
  void aPageOfAListedOriginUploadsAndReadsAllThatItNeeds() throws Exception {
    try (ApiServer api = api(Set.of(origin()))) {
      JsonNode told = open(api);
      assertEquals(201, told.at("/created/status").asInt(), told.toString());
      assertTrue(told.at("/created/location").asText().startsWith("/v1/uploads/"));
      assertEquals(List.of("20000", "50000"), texts(told.get("offsets")));
      assertTrue(told.at("/location").asText().startsWith("/v1/videos/"));
      assertEquals("QUEUED", told.at("/video/state").asText());
      assertEquals("order-17", told.at("/video/reference/externalId").asText());
      assertEquals(202, told.at("/whole/status").asInt());
      assertTrue(told.at("/whole/location").asText().startsWith("/v1/videos/"));
      assertEquals(1, told.at("/list/videos").size(), told.toString());
      assertEquals(404, told.at("/missing/status").asInt());
      assertEquals("There is no such video", told.at("/missing/title").asText());
      String id = api.published.get(0).getVideoId();
      assertArrayEquals(VIDEO, Files.readAllBytes(folder.resolve("store/uploads/" + id)));
      assertEquals(2, api.published.size());
    }
  }

  @Test
  void aPageOfAnotherOriginUploadsAndReadsNothing() throws Exception {
    try (ApiServer api = api(Set.of("https://www.example.com"))) {
      JsonNode told = open(api);
      assertTrue(told.get("error").isTextual(), told.toString());
      assertFalse(told.has("created"), told.toString());
      assertEquals(List.of(), api.published);
      assertEquals(List.of(), api.staged());
    }
  }

  private ApiServer api(Set<String> origins) throws IOException {
    Path tokens = folder.resolve("tokens.json");
    return new ApiServer(
        ApiServer.config(
            folder, new AccessConfig(tokens, 0, 0, origins, Set.of(), PlainTokens.WARN)));
  }

  /** Not the name that the API is called by: another origin, whatever the ports. */
  private String origin() {
    return "http://localhost:" + pages.getAddress().getPort();
  }

  /** Opens the page, and waits for what it tells. */
  private JsonNode open(ApiServer api) throws Exception {
    Path browser = browser();
    String page;
    try (InputStream in = BrowserIT.class.getResourceAsStream("upload.html")) {
      page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String filled =
        page.replace("API", api.uri("").toString())
            .replace("TOKEN", token)
            .replace("VIDEO", Base64.getEncoder().encodeToString(VIDEO));
    pages.createContext("/page", exchange -> answer(exchange, filled));
    pages.createContext("/told", this::listen);
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                "--no-sandbox", // as root there is none; the page is ours
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("profile"),
                origin() + "/page")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    try {
      JsonNode answer = told.poll(90, TimeUnit.SECONDS);
      assertTrue(answer != null, () -> "the page told nothing; " + log());
      return answer;
    } finally {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly().waitFor();
      children.forEach(ProcessHandle::destroyForcibly);
      children.forEach(child -> child.onExit().join()); // they write to the folder
    }
  }

  private static void answer(HttpExchange exchange, String page) throws IOException {
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void listen(HttpExchange exchange) throws IOException {
    told.add(new ObjectMapper().readTree(exchange.getRequestBody()));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("browser.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }

  private static Path browser() {
    Optional<Path> found =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(folder -> BROWSERS.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no Chromium is installed");
    return found.get();
  }
}
