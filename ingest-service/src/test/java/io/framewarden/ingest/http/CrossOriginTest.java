package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.PlainTokens;
import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What browsers ask before, and of, requests of web pages of another origin. */
@Timeout(60)
@Tag("slow")
class CrossOriginTest {
  private static final String PAGE = "https://www.example.com";
  private static final byte[] VIDEO = video(1000, 1);

  @TempDir Path folder;
  private TokenFile tokens;
  private String bearer;
  private ApiServer api;

  @BeforeEach
  void listen() throws Exception {
    tokens = new TokenFile(folder.resolve("tokens.json"));
    bearer = "Bearer " + tokens.create("site", Role.UPLOADER);
    api = server(Set.of(PAGE, "http://localhost:3000"));
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aListedPageMayAskForEveryMethodOfEveryPathWithoutAToken() throws Exception {
    JsonNode paths = json(api.get("/openapi.json")).get("paths");
    for (String path : (Iterable<String>) paths::fieldNames) {
      HttpResponse<String> preflight = preflight(path.replace("{id}", "x"), PAGE);
      assertEquals(204, preflight.statusCode(), path);
      assertEquals(PAGE, header(preflight, "Access-Control-Allow-Origin"));
      paths
          .get(path)
          .fieldNames()
          .forEachRemaining(
              method ->
                  assertTrue(
                      method.equals("parameters")
                          || list(preflight, "Access-Control-Allow-Methods").contains(method),
                      () -> method + " " + path));
      assertEquals("Origin", header(preflight, "Vary"));
      assertEquals("", header(preflight, "Access-Control-Allow-Credentials"));
    }
  }

  /** The document names the headers, so that a new one is not forgotten. */
  @Test
  void aListedPageMaySendAndReadEveryHeaderOfTheApi() throws Exception {
    JsonNode document = json(api.get("/openapi.json"));
    Set<String> sent = new TreeSet<>(Set.of("authorization", "content-type"));
    for (JsonNode parameter : document.findParents("in")) {
      if (parameter.get("in").asText().equals("header")) {
        sent.add(parameter.get("name").asText().toLowerCase(Locale.ROOT));
      }
    }
    assertTrue(sent.containsAll(Set.of("upload-offset", "idempotency-key")), sent::toString);
    HttpResponse<String> preflight = preflight("/v1/uploads", PAGE);
    assertTrue(list(preflight, "Access-Control-Allow-Headers").containsAll(sent), sent::toString);

    Set<String> read = new TreeSet<>();
    for (JsonNode headers : document.get("paths").findValues("headers")) {
      headers.fieldNames().forEachRemaining(name -> read.add(name.toLowerCase(Locale.ROOT)));
    }
    for (JsonNode headers : document.at("/components/responses").findValues("headers")) {
      headers.fieldNames().forEachRemaining(name -> read.add(name.toLowerCase(Locale.ROOT)));
    }
    read.remove("cache-control"); // every page may read it
    assertTrue(read.containsAll(Set.of("upload-offset", "location")), read::toString);
    HttpResponse<String> answer = api.get("/v1/videos/x", "Origin", PAGE);
    assertTrue(list(answer, "Access-Control-Expose-Headers").containsAll(read), read::toString);
  }

  @Test
  void aListedPageReadsAnswersAndProblems() throws Exception {
    HttpResponse<String> taken =
        api.post("/v1/videos", VIDEO, "Origin", PAGE, "Authorization", bearer);
    assertEquals(202, taken.statusCode(), taken.body());
    assertAllowed(taken, PAGE);
    HttpResponse<String> nobody = api.post("/v1/videos", VIDEO, "Origin", PAGE);
    assertEquals(401, nobody.statusCode());
    assertAllowed(nobody, PAGE);
    HttpResponse<String> none =
        api.get("/v1/none", "Origin", "http://localhost:3000", "Authorization", bearer);
    assertEquals(404, none.statusCode());
    assertAllowed(none, "http://localhost:3000");
    api.stopTaking();
    HttpResponse<String> stopping =
        api.post("/v1/videos", VIDEO, "Origin", PAGE, "Authorization", bearer);
    assertEquals(503, stopping.statusCode());
    assertAllowed(stopping, PAGE);
  }

  @Test
  void aPageUploadsInParts() throws Exception {
    HttpResponse<String> created =
        api.post("/v1/uploads", new byte[0], tus("Upload-Length", "1000"));
    assertEquals(201, created.statusCode(), created.body());
    assertAllowed(created, PAGE);
    String path = header(created, "Location");
    assertEquals(204, preflight(path, PAGE).statusCode());
    HttpResponse<String> part =
        api.send(
            "PATCH",
            path,
            BodyPublishers.ofByteArray(VIDEO),
            tus("Upload-Offset", "0", "Content-Type", "application/offset+octet-stream"));
    assertEquals(204, part.statusCode(), part.body());
    assertAllowed(part, PAGE);
    assertAllowed(api.send("HEAD", path, BodyPublishers.noBody(), tus()), PAGE);
  }

  @Test
  void anyOtherPageGetsNothing() throws Exception {
    for (String origin :
        List.of(
            "https://www.example.com.evil.test",
            "https://example.com",
            "http://www.example.com",
            "https://www.example.com:8443",
            "http://localhost",
            "null",
            "*")) {
      HttpResponse<String> answer = api.get("/v1/videos/x", "Origin", origin);
      assertNothing(answer);
      assertEquals("Origin", header(answer, "Vary"));
      assertEquals(403, answer.statusCode());
      HttpResponse<String> preflight = preflight("/v1/videos", origin);
      assertEquals(403, preflight.statusCode());
      assertNothing(preflight);
      assertNothing(preflight("/v1/uploads", origin));
    }
    assertNothing(api.get("/v1/videos/x"));
    assertNothing(api.get("/metrics", "Origin", PAGE));
  }

  @Test
  void byDefaultNoPageGetsAnything() throws Exception {
    api.close();
    api = server(Set.of());
    HttpResponse<String> answer = api.get("/v1/videos/x", "Origin", PAGE);
    assertNothing(answer);
    assertEquals(403, answer.statusCode());
    assertNothing(preflight("/v1/videos", PAGE));
  }

  /** A question of tus itself, not of a browser. */
  @Test
  void optionsOfTusAreAnsweredToAListedPage() throws Exception {
    HttpResponse<String> options =
        api.send("OPTIONS", "/v1/uploads", BodyPublishers.noBody(), "Origin", PAGE);
    assertEquals("1.0.0", header(options, "Tus-Version"));
    assertAllowed(options, PAGE);
  }

  private ApiServer server(Set<String> origins) throws Exception {
    return new ApiServer(
        ApiServer.config(
            folder, new AccessConfig(tokens.path(), 0, 0, origins, Set.of(), PlainTokens.WARN)));
  }

  private HttpResponse<String> preflight(String path, String origin) throws Exception {
    return api.send(
        "OPTIONS",
        path,
        BodyPublishers.noBody(),
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,tus-resumable");
  }

  private String[] tus(String... more) {
    List<String> headers =
        new ArrayList<>(List.of("Origin", PAGE, "Authorization", bearer, "Tus-Resumable", "1.0.0"));
    headers.addAll(List.of(more));
    return headers.toArray(String[]::new);
  }

  private static void assertAllowed(HttpResponse<String> answer, String origin) {
    assertEquals(origin, header(answer, "Access-Control-Allow-Origin"));
    assertEquals("Origin", header(answer, "Vary"));
  }

  private static void assertNothing(HttpResponse<String> answer) {
    List<String> found =
        answer.headers().map().keySet().stream()
            .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"))
            .toList();
    assertEquals(List.of(), found);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static Set<String> list(HttpResponse<String> answer, String name) {
    return Arrays.stream(header(answer, name).split(", "))
        .map(entry -> entry.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
