package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.json;
import static io.framewarden.ingest.http.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.framewarden.ingest.fetch.FetchConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.testkit.hostile.Canary;
import io.framewarden.testkit.s3.S3TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * URIs that lead elsewhere than they seem to, where a bucket, a folder and a web server are
 * allowed. A canary file and a canary port show that nothing was followed.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class HostileSourcesTest {
  private static final String NOT_ALLOWED = "source-not-allowed";
  private static final String MALFORMED = "malformed-request";
  private static final String UNAVAILABLE = "source-unavailable";
  private static final String BUCKET = "incoming-videos";
  private static final byte[] VIDEO = ApiServer.video(10_000, 1);

  @RegisterExtension final S3TestServer s3 = new S3TestServer();
  @TempDir Path folder;
  private Path allowed;
  private Canary canary;
  private HttpServer web;
  private ApiServer api;

  @BeforeEach
  void open() throws Exception {
    allowed = Files.createDirectory(folder.resolve("allowed"));
    canary = new Canary(folder.resolve("canary.mp4"));
    s3.client().createBucket(bucket -> bucket.bucket(BUCKET));
    put(BUCKET, "videos/a.mp4");
    put(S3TestServer.BUCKET, "videos/a.mp4");
    web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    web.start();
    UploadApiConfig plain = ApiServer.config(folder);
    List<URI> prefixes =
        List.of(URI.create("s3://" + BUCKET + "/"), allowed.toUri(), URI.create(web("media/")));
    api =
        new ApiServer(
            new UploadApiConfig(
                plain.access(),
                plain.staging(),
                new FetchConfig(
                    prefixes,
                    Duration.ofSeconds(20),
                    StoreConfig.from(new Settings(s3.variables(Map.of())))),
                plain.maxBytes(),
                plain.uploadsAtOnce(),
                plain.pace()));
  }

  @AfterEach
  void nothingWasTouchedOrKept() throws IOException {
    boolean touched = canary.isTouched();
    List<String> stored = api.stored();
    api.close();
    web.stop(0);
    canary.close();
    assertFalse(touched, "the canary was touched");
    assertEquals(List.of(), stored);
  }

  @Test
  void keysThatClimbOrAreNone() throws Exception {
    for (String path :
        List.of(
            "/etc/passwd",
            "../../x",
            "..",
            "videos/../../x",
            "videos/..",
            "videos/.",
            "videos/..;/../x",
            "%2e%2e/x",
            "%2E./x",
            "..%2fx",
            "..%5c..%5cx",
            "%252e%252e/x",
            "a%00.mp4",
            "videos//a.mp4")) {
      assertRefused(MALFORMED, 400, "s3://" + BUCKET + "/" + path);
    }
    assertRefused(MALFORMED, 400, "s3://" + BUCKET);
    for (String path : List.of("", "videos/", "videos", "k".repeat(1025), "%ff", "a%0d%0ab")) {
      assertRefused(UNAVAILABLE, 422, "s3://" + BUCKET + "/" + path);
    }
  }

  @Test
  void bucketsThatOnlyLookAllowed() throws Exception {
    String other = S3TestServer.BUCKET;
    for (String place :
        List.of(
            other,
            BUCKET + "." + other,
            BUCKET + "-2",
            BUCKET + ":80",
            BUCKET.toUpperCase(Locale.ROOT),
            "127.0.0.1:" + canary.port())) {
      assertRefused(NOT_ALLOWED, 403, "s3://" + place + "/videos/a.mp4");
    }
    for (String user : List.of("user:pw@" + BUCKET, BUCKET + "@" + other, "@" + BUCKET)) {
      assertRefused(MALFORMED, 400, "s3://" + user + "/videos/a.mp4");
    }
  }

  @Test
  void filesThatAreElsewhere() throws Exception {
    Files.createSymbolicLink(allowed.resolve("link.mp4"), canary.file());
    for (String uri :
        List.of(
            canary.file().toUri().toString(),
            "file:" + canary.file(),
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "file:///proc/self/environ",
            "file://127.0.0.1" + canary.file(),
            "file://" + BUCKET + "/videos/a.mp4")) {
      assertRefused(NOT_ALLOWED, 403, uri);
    }
    for (String uri :
        List.of(allowed.toUri() + "../canary.mp4", allowed.toUri() + "/canary.mp4", "file:x")) {
      assertRefused(MALFORMED, 400, uri);
    }
    assertRefused(UNAVAILABLE, 422, allowed.toUri() + "link.mp4");
  }

  @Test
  void aPipeInTheAllowedFolderIsNoFile() throws Exception {
    try (Canary pipe = new Canary(allowed.resolve("pipe.mp4"))) {
      assertRefused(UNAVAILABLE, 422, pipe.file().toUri().toString());
      assertFalse(pipe.isTouched());
    }
  }

  @Test
  void hostsThatAreLoopbackInDisguise() throws Exception {
    int port = canary.port();
    for (String host :
        List.of("127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "127.1", "0")) {
      assertRefused(NOT_ALLOWED, 403, "http://" + host + ":" + port + "/media/a.mp4");
    }
    assertRefused(NOT_ALLOWED, 403, "http://127.0.0.1:" + port + "/");
    String allowedHost = "127.0.0.1:" + web.getAddress().getPort();
    for (String authority :
        List.of(
            "allowed-host@127.0.0.1:" + port,
            allowedHost + "@127.0.0.1:" + port,
            "user:" + "pw@" + allowedHost)) {
      assertRefused(MALFORMED, 400, "http://" + authority + "/media/a.mp4");
    }
    assertRefused(MALFORMED, 400, "http://" + allowedHost + "\\@127.0.0.1:" + port + "/media/");
    assertRefused(MALFORMED, 400, "http://" + allowedHost + "#@127.0.0.1:" + port + "/media/");
    assertRefused(MALFORMED, 400, "jar:" + canary.uri() + "!/a.mp4");
    assertRefused(MALFORMED, 400, "data:video/mp4;base64,AAAA");
    assertRefused(NOT_ALLOWED, 403, "ftp://127.0.0.1:" + port + "/media/a.mp4");
    assertRefused(NOT_ALLOWED, 403, "https://" + allowedHost + "/media/a.mp4");
    assertRefused(NOT_ALLOWED, 403, "http://" + allowedHost + "/mediaother/a.mp4");
    assertRefused(MALFORMED, 400, "http://" + allowedHost + "/media/..;/private/a.mp4");
  }

  @Test
  void redirectsAreNotFollowedWhateverTheirStatus() throws Exception {
    for (String target :
        List.of(
            canary.uri(),
            "//127.0.0.1:" + canary.port() + "/",
            canary.file().toUri().toString(),
            "s3://" + S3TestServer.BUCKET + "/videos/a.mp4")) {
      for (int status : new int[] {300, 301, 302, 303, 307, 308}) {
        String path = "media/" + status + "-" + target.length() + ".mp4";
        web.createContext(
            "/" + path,
            exchange -> {
              exchange.getResponseHeaders().set("Location", target);
              exchange.getResponseHeaders().set("Refresh", "0; url=" + target);
              exchange.sendResponseHeaders(status, VIDEO.length);
              exchange.getResponseBody().write(VIDEO);
              exchange.close();
            });
        assertRefused(UNAVAILABLE, 422, web(path));
      }
    }
  }

  private void assertRefused(String kind, int status, String uri) throws Exception {
    String body = JsonNodeFactory.instance.objectNode().put("uri", uri).toString();
    HttpResponse<String> answer = api.postJson("/v1/videos:fromUri", body);
    assertEquals(kind, problem(answer), uri + " " + answer.body());
    assertEquals(status, answer.statusCode(), uri);
    assertFalse(
        json(answer).path("detail").asText().contains(folder.toString()), "paths: " + answer);
  }

  private void put(String bucket, String key) {
    s3.client().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(VIDEO));
  }

  private String web(String path) {
    return "http://127.0.0.1:" + web.getAddress().getPort() + "/" + path;
  }
}
