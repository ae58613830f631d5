package io.framewarden.ingest.http;

import static io.framewarden.ingest.http.ApiServer.problem;
import static io.framewarden.ingest.http.ApiServer.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.access.AccessConfig;
import io.framewarden.ingest.access.PlainTokens;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An open server on loopback, and what a browser on the same machine sends it for web pages of
 * somebody else.
 */
@Timeout(60)
class WebPageTest {
  private static final byte[] VIDEO = video(1000, 1);
  private static final String LISTED = "https://app.example.com";

  @TempDir Path folder;
  private ApiServer api;
  private String path;

  @BeforeEach
  void listen() throws Exception {
    api =
        new ApiServer(
            ApiServer.config(
                folder,
                new AccessConfig(
                    null, 0, 0, Set.of(LISTED), Set.of("videos.example.com"), PlainTokens.WARN)));
    path = api.post("/v1/videos", VIDEO).headers().firstValue("Location").orElseThrow();
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aNameOfSomebodyElsesIsNotServedWhateverIsAskedFor() throws Exception {
    for (String host :
        List.of(
            "evil.test",
            "evil.test:" + api.port(),
            "localhost.evil.test",
            "127.0.0.1.evil.test",
            "xlocalhost",
            "evil.localhost",
            "0.0.0.0:" + api.port(),
            "10.0.0.1",
            "[::2]",
            "[::ffff:127.0.0.1]",
            "127.0.0.1@evil.test",
            "videos.example.com.evil.test",
            "")) {
      for (String route :
          List.of(
              "GET /v1/videos",
              "GET " + path,
              "DELETE " + path,
              "POST /v1/videos",
              "POST /v1/uploads",
              "GET /metrics",
              "GET /readyz",
              "GET /healthz",
              "GET /openapi.json",
              "GET /none",
              "OPTIONS /v1/videos")) {
        String answer = raw(route + " HTTP/1.1\r\nHost: " + host + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 4"), host + " " + route + " " + answer);
        assertTrue(answer.contains("application/problem+json"), answer);
      }
    }
    String whole = raw("GET http://evil.test/v1/videos HTTP/1.1\r\nHost: localhost\r\n");
    assertTrue(whole.startsWith("HTTP/1.1 4"), whole);
    assertUntouched();
    String refused = raw("GET /v1/videos HTTP/1.1\r\nHost: evil.test\r\n");
    assertTrue(refused.startsWith("HTTP/1.1 403"), refused);
    assertTrue(refused.contains("urn:framewarden:problem:foreign-host"), refused);
    assertTrue(refused.contains("FRAMEWARDEN_HTTP_ALLOWED_HOSTS"), refused);
    assertTrue(refusals("foreign-host") > 100);
  }

  @Test
  void itsOwnNamesAreServed() throws Exception {
    for (String host :
        List.of(
            "localhost",
            "LOCALHOST:" + api.port(),
            "127.0.0.1",
            "127.3.2.1:9",
            "[::1]:" + api.port(),
            "[::1]",
            "videos.example.com")) {
      String answer = raw("GET /v1/videos HTTP/1.1\r\nHost: " + host + "\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 200"), host + answer);
    }
    // No browser speaks it without a name.
    assertTrue(raw("GET /v1/videos HTTP/1.0\r\n").startsWith("HTTP/1.1 200"));
  }

  @Test
  void pagesOfOthersGetNowhere() throws Exception {
    for (List<String> page :
        List.of(
            List.of("Origin", "https://evil.test"),
            List.of("Origin", "null"),
            List.of("Origin", ""),
            List.of("Origin", "http://localhost:3000"),
            List.of("Origin", "http://127.0.0.1"),
            List.of("Origin", "http://127.0.0.1:" + api.port() + ".evil.test"),
            List.of("Origin", "file://127.0.0.1:" + api.port()),
            List.of("Origin", "http://videos.example.com"),
            List.of("Origin", LISTED, "Origin", "https://evil.test"),
            List.of("Origin", LISTED + ".evil.test"),
            List.of("Sec-Fetch-Site", "cross-site"),
            List.of("Sec-Fetch-Site", "same-site"),
            List.of("Sec-Fetch-Site", "same-origin", "Sec-Fetch-Site", "cross-site"),
            List.of("Sec-Fetch-Site", "something-new"),
            List.of("Origin", "http://127.0.0.1:" + api.port(), "Sec-Fetch-Site", "cross-site"))) {
      String[] headers = page.toArray(String[]::new);
      assertRefused(api.get("/v1/videos", headers));
      assertRefused(api.get(path, headers));
      assertRefused(api.delete(path, headers));
      assertRefused(api.post("/v1/videos", video(1000, 2), headers));
      assertRefused(api.postJson("/v1/videos:fromUri", "{}", headers));
      assertRefused(api.postJson(path + "/decisions", "{}", headers));
      assertRefused(api.post("/v1/uploads", new byte[0], headers));
      assertRefused(api.get("/metrics", headers));
      assertRefused(api.get("/readyz", headers));
    }
    assertUntouched();
    assertTrue(refusals("cross-site") > 100);
  }

  @Test
  void aLinkMayBeFollowedButNotToData() throws Exception {
    String[] link = {
      "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"
    };
    assertEquals(200, api.get("/openapi.json", link).statusCode());
    assertRefused(api.get(path, link));
    assertRefused(api.post("/v1/videos", video(1000, 2), link));
    String[] frame = {
      "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"
    };
    assertRefused(api.get("/openapi.json", frame));
    assertUntouched();
  }

  @Test
  void pagesOfTheServersOwnAndListedOnesWork() throws Exception {
    String own = "http://127.0.0.1:" + api.port();
    assertEquals(200, api.get(path, "Sec-Fetch-Site", "none").statusCode());
    assertEquals(200, api.get(path, "Sec-Fetch-Site", "same-origin").statusCode());
    for (List<String> page :
        List.of(
            List.of("Origin", own, "Sec-Fetch-Site", "same-origin"),
            List.of("Origin", own),
            List.of("Origin", LISTED, "Sec-Fetch-Site", "cross-site"))) {
      HttpResponse<String> taken =
          api.post("/v1/videos?rescore", VIDEO, page.toArray(String[]::new));
      assertEquals(202, taken.statusCode(), page + taken.body());
    }
    // A proxy in front, which speaks TLS and passes its name on.
    String proxied =
        raw(
            "GET /v1/videos HTTP/1.1\r\nHost: videos.example.com\r\n"
                + "Origin: https://videos.example.com\r\nSec-Fetch-Site: same-origin\r\n");
    assertTrue(proxied.startsWith("HTTP/1.1 200"), proxied);
  }

  @Test
  void jsonIsTakenOnlyAsSuch() throws Exception {
    byte[] json = "{\"uri\":\"s3://a/b\"}".getBytes(StandardCharsets.UTF_8);
    for (String type :
        List.of(
            "text/plain",
            "text/plain; application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=application/json",
            "application/jsonp",
            "text/json",
            "")) {
      for (String route : List.of("/v1/videos:fromUri", path + "/decisions")) {
        HttpResponse<String> answer = api.post(route, json, "Content-Type", type);
        assertEquals(415, answer.statusCode(), type);
        assertEquals("wrong-content-type", problem(answer));
        assertTrue(answer.body().contains("Content-Type: application/json"), answer.body());
      }
    }
    assertEquals(415, api.post("/v1/videos:fromUri", json).statusCode());
    String spaced = "Application/JSON ; charset=utf-8";
    HttpResponse<String> good = api.post("/v1/videos:fromUri", json, "Content-Type", spaced);
    assertEquals("source-not-allowed", problem(good));
  }

  @Test
  void anotherMethodCountsOnlyWhereTusAsksForIt() throws Exception {
    for (String method : List.of("DELETE", "delete", "PATCH", "POST", "OPTIONS", "TRACE")) {
      String[] override = {"X-HTTP-Method-Override", method};
      assertEquals(200, api.get(path, override).statusCode());
      assertEquals(405, api.post(path, new byte[0], override).statusCode());
      assertEquals(404, api.get("/v1/none", override).statusCode());
      String head =
          raw(
              "HEAD "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: "
                  + method
                  + "\r\n");
      assertTrue(head.startsWith("HTTP/1.1 200"), head);
    }
    String upload =
        api.post("/v1/uploads", new byte[0], "Tus-Resumable", "1.0.0", "Upload-Length", "10")
            .headers()
            .firstValue("Location")
            .orElseThrow();
    String[] delete = {"Tus-Resumable", "1.0.0", "X-HTTP-Method-Override", "DELETE"};
    assertEquals(405, api.get(upload, delete).statusCode());
    assertFalse(api.staged().isEmpty());
    assertEquals(204, api.post(upload, new byte[0], delete).statusCode());
    assertEquals(404, api.post(upload, new byte[0], delete).statusCode());
    assertUntouched();
  }

  @Test
  void everyResponseTellsBrowsersWhatItIsNot() throws Exception {
    for (String request :
        List.of(
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\n",
            "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n",
            "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n",
            "GET /none HTTP/1.1\r\nHost: localhost\r\n",
            "GET /v1/videos HTTP/1.1\r\nHost: evil.test\r\n",
            "POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n",
            "BREW / HTTP/1.1\r\nHost: localhost\r\n",
            "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n",
            "GET / HTTP/1.1\r\nHost: a b\r\n",
            "GET / HTTP/9.9\r\nHost: localhost\r\n")) {
      String answer = raw(request);
      for (String header :
          List.of(
              "X-Content-Type-Options: nosniff",
              "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
              "X-Frame-Options: DENY",
              "Referrer-Policy: no-referrer",
              "Cross-Origin-Resource-Policy: same-origin",
              "Cache-Control: no-store")) {
        assertTrue(answer.contains("\r\n" + header + "\r\n"), header + " of " + answer);
      }
    }
  }

  private void assertRefused(HttpResponse<String> answer) throws IOException {
    assertEquals(403, answer.statusCode(), answer.body());
    assertEquals("cross-site", problem(answer));
    assertTrue(answer.body().contains("FRAMEWARDEN_HTTP_CORS_ORIGINS"), answer.body());
    assertFalse(answer.headers().firstValue("Access-Control-Allow-Origin").isPresent());
  }

  private void assertUntouched() throws Exception {
    assertEquals(200, api.get(path).statusCode());
    assertEquals(1, api.published.size());
    assertEquals(List.of(), api.decisions.all);
    assertEquals(List.of(), api.tombstones);
    assertEquals(List.of(), api.staged());
  }

  private double refusals(String reason) {
    Double value =
        api.registry.getSampleValue(
            "framewarden_http_refused_total", new String[] {"reason"}, new String[] {reason});
    return value == null ? 0 : value;
  }

  private String raw(String head) throws IOException {
    try (RawClient client = new RawClient(api.port())) {
      client.send(head + "Connection: close\r\n\r\n");
      return client.readAll();
    }
  }
}
