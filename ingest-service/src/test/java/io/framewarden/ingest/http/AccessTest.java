package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.PlainTokens;
import io.framewarden.ingest.access.Role;
import io.framewarden.ingest.access.TokenFile;
import io.framewarden.runtime.config.InvalidConfigurationException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, roles, rates and quotas. */
@Timeout(60)
@Tag("slow")
class AccessTest {
  private static final byte[] VIDEO = video(1000, 1);

  @TempDir Path folder;
  private TokenFile tokens;
  private String[] uploader;
  private String[] other;
  private String[] moderator;
  private String[] admin;
  private ApiServer api;

  @BeforeEach
  void listen() throws IOException {
    tokens = new TokenFile(folder.resolve("tokens.json"));
    uploader = bearer(tokens.create("site", Role.UPLOADER));
    other = bearer(tokens.create("other", Role.UPLOADER));
    moderator = bearer(tokens.create("mo", Role.MODERATOR));
    admin = bearer(tokens.create("root", Role.ADMIN));
    api = server(0, 0);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void nothingWithoutAToken() throws Exception {
    HttpResponse<String> none = api.post("/v1/videos", VIDEO);
    assertEquals(401, none.statusCode());
    assertEquals("unauthenticated", problem(none));
    assertTrue(none.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
    assertEquals(401, api.get("/v1/videos/x").statusCode());
    assertEquals(401, api.post("/v1/videos", VIDEO, bearer("fw_wrong")).statusCode());
    assertEquals(401, api.post("/v1/videos", VIDEO, bearer("x".repeat(5000))).statusCode());
    assertEquals(401, api.post("/v1/uploads", new byte[0], "Tus-Resumable", "1.0.0").statusCode());
    assertEquals(200, api.get("/healthz").statusCode());
    assertEquals(200, api.get("/openapi.json").statusCode());
  }

  @Test
  void eachRoleMayWhatItMay() throws Exception {
    HttpResponse<String> accepted = api.post("/v1/videos", VIDEO, uploader);
    assertEquals(202, accepted.statusCode(), accepted.body());
    assertEquals("site", json(accepted).at("/upload/submitter").asText());
    String path = accepted.headers().firstValue("Location").orElseThrow();
    assertEquals(200, api.get(path, uploader).statusCode());
    assertEquals(404, api.get(path, other).statusCode());
    assertEquals(404, api.delete(path, other).statusCode());
    assertEquals(200, api.get(path, moderator).statusCode());
    assertEquals("forbidden", problem(api.delete(path, moderator)));
    assertEquals("forbidden", problem(api.post("/v1/videos", VIDEO, moderator)));
    assertEquals(204, api.delete(path, admin).statusCode());
  }

  @Test
  void anotherSubmittersBytesAreAnotherVideo() throws Exception {
    String mine = json(api.post("/v1/videos", VIDEO, uploader)).get("id").asText();
    String theirs = json(api.post("/v1/videos", VIDEO, other)).get("id").asText();
    assertFalse(mine.equals(theirs));
    assertEquals(204, api.delete("/v1/videos/" + mine, uploader).statusCode());
    assertEquals(200, api.get("/v1/videos/" + theirs, other).statusCode());
  }

  @Test
  void aKeyIsItsSubmittersOwn() throws Exception {
    HttpResponse<String> mine = api.post("/v1/videos", VIDEO, with(uploader, "k"));
    HttpResponse<String> theirs = api.post("/v1/videos", VIDEO, with(other, "k"));
    assertFalse(json(mine).get("id").equals(json(theirs).get("id")));
  }

  @Test
  void aRevokedTokenEndsWithoutARestart() throws Exception {
    assertEquals(404, api.get("/v1/videos/x", uploader).statusCode());
    tokens.revoke("site");
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (api.get("/v1/videos/x", uploader).statusCode() != 401) {
      assertTrue(System.nanoTime() < deadline, "still let in");
    }
    assertEquals(404, api.get("/v1/videos/x", other).statusCode());
  }

  @Test
  void theFileHoldsNoSecretAndOnlyItsOwnerReadsIt() throws Exception {
    String text = Files.readString(tokens.path());
    assertFalse(text.contains("fw_"), text);
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens.path())));
    assertThrows(IllegalArgumentException.class, () -> tokens.create("site", Role.ADMIN));
    assertThrows(IllegalArgumentException.class, () -> tokens.create("a b", Role.ADMIN));
    assertThrows(IllegalArgumentException.class, () -> tokens.revoke("nobody"));
    assertEquals(4, tokens.read().size());
  }

  @Test
  void aServerThatOthersReachIsClosedWithoutTokens() throws Exception {
    api.close();
    api = new ApiServer(ApiServer.config(folder), upload -> {}, false, Duration.ofSeconds(20));
    assertEquals(401, api.post("/v1/videos", VIDEO).statusCode());
  }

  @Test
  void aSubmitterThatIsTooFastIsToldWhenToComeBack() throws Exception {
    api.close();
    api = server(2, 0);
    assertEquals(202, api.post("/v1/videos?rescore", VIDEO, uploader).statusCode());
    assertEquals(202, api.post("/v1/videos?rescore", VIDEO, uploader).statusCode());
    HttpResponse<String> third = api.post("/v1/videos?rescore", VIDEO, uploader);
    assertEquals("rate-limited", problem(third));
    int wait = Integer.parseInt(third.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(wait >= 1 && wait <= 31, wait + " s");
    assertEquals(202, api.post("/v1/videos?rescore", VIDEO, other).statusCode());
    assertEquals(1, api.problems("rate-limited"));
  }

  @Test
  void aSubmittersStorageIsBoundedUntilItDeletes() throws Exception {
    api.close();
    api = server(0, 1500);
    HttpResponse<String> first = api.post("/v1/videos", VIDEO, uploader);
    assertEquals(202, first.statusCode());
    HttpResponse<String> second = api.post("/v1/videos", video(1000, 2), uploader);
    assertEquals(507, second.statusCode());
    assertEquals("quota-exceeded", problem(second));
    assertEquals(1, api.stored().size());
    assertEquals(202, api.post("/v1/videos", video(1000, 2), other).statusCode());
    api.delete(first.headers().firstValue("Location").orElseThrow(), uploader);
    assertEquals(202, api.post("/v1/videos", video(1000, 2), uploader).statusCode());
  }

  @Test
  void tokensOverPlainHttpBeyondLoopbackAreToldOrRefused() throws Exception {
    assertEquals("ok\n", api.get("/readyz").body());
    api.close();
    api = beyondLoopback(PlainTokens.WARN);
    assertTrue(api.get("/readyz").body().startsWith("ok: tokens come over plain HTTP"));
    assertEquals(404, api.get("/v1/videos/x", uploader).statusCode());
    api.close();
    api = beyondLoopback(PlainTokens.ALLOW);
    assertEquals("ok\n", api.get("/readyz").body());
    String refused =
        assertThrows(InvalidConfigurationException.class, () -> beyondLoopback(PlainTokens.REFUSE))
            .getMessage();
    assertTrue(refused.contains("FRAMEWARDEN_HTTP_PLAIN_TOKENS=allow"), refused);
  }

  private ApiServer beyondLoopback(PlainTokens plain) throws IOException {
    AccessConfig access = new AccessConfig(tokens.path(), 0, 0, Set.of(), Set.of(), plain);
    return new ApiServer(
        ApiServer.config(folder, access), upload -> {}, false, Duration.ofSeconds(20));
  }

  private ApiServer server(int uploadsPerMinute, long bytes) throws IOException {
    AccessConfig access = new AccessConfig(tokens.path(), uploadsPerMinute, bytes);
    return new ApiServer(ApiServer.config(folder, access));
  }

  private static String[] bearer(String secret) {
    return new String[] {"Authorization", "Bearer " + secret};
  }

  private static String[] with(String[] bearer, String key) {
    return new String[] {bearer[0], bearer[1], "Idempotency-Key", key};
  }
}
