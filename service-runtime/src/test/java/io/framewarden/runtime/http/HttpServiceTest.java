package io.framewarden.runtime.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import io.framewarden.testkit.PrometheusText;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpServiceTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final CollectorRegistry registry = new CollectorRegistry();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private volatile Health health = Health.ready();
  private HttpService http;

  private final Service watched =
      new Service() {
        @Override
        public String name() {
          return "watched";
        }

        @Override
        public void start() {}

        @Override
        public Health health() {
          return health;
        }

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    http = service(0);
    http.start();
  }

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void aStartingProcessIsAliveButNotReady() throws Exception {
    health = Health.starting("scorer: loads the model");
    assertAnswer("/healthz", 200, "ok\n");
    assertAnswer("/readyz", 503, "STARTING: scorer: loads the model\n");
    assertEquals(200, get("/metrics").statusCode());
  }

  @Test
  void aReadyProcessIsAliveAndReady() throws Exception {
    assertAnswer("/healthz", 200, "ok\n");
    assertAnswer("/readyz", 200, "ok\n");
    health = Health.ready("scorer: on the slow engine");
    assertAnswer("/readyz", 200, "ok: scorer: on the slow engine\n");
  }

  @Test
  void aFailedProcessIsNeitherButStillShowsItsMetrics() throws Exception {
    health = Health.failed("worker: broke");
    assertAnswer("/healthz", 503, "FAILED: worker: broke\n");
    assertAnswer("/readyz", 503, "FAILED: worker: broke\n");
    assertEquals(200, get("/metrics").statusCode());
  }

  @Test
  void metricsAreStrictPrometheusText() throws Exception {
    Counter counter =
        Counter.build("framewarden_things", "Things,\nseen.").labelNames("kind").register(registry);
    counter.labels("odd \"\\\n").inc(3);
    Histogram.build("framewarden_wait_seconds", "Waits.").buckets(1).register(registry).observe(2);
    HttpResponse<String> response = get("/metrics");
    assertEquals(
        Optional.of("text/plain; version=0.0.4; charset=utf-8"),
        response.headers().firstValue("Content-Type").map(type -> type.replace(";c", "; c")));
    Map<String, Double> samples = PrometheusText.parse(response.body());
    assertEquals(3, samples.get("framewarden_things_total{kind=\"odd \\\"\\\\\\n\"}"));
    assertEquals(0, samples.get("framewarden_wait_seconds_bucket{le=\"1.0\"}"));
    assertEquals(1, samples.get("framewarden_wait_seconds_bucket{le=\"+Inf\"}"));
    assertEquals(2, samples.get("framewarden_wait_seconds_sum"));
  }

  @Test
  void theProcessesOwnRoutesAreServedAndOthersAreNot() throws Exception {
    assertAnswer("/own", 200, "mine");
    assertEquals(404, get("/none").statusCode());
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    Counter.build("framewarden_things", "Things.").register(registry);
    for (Health now :
        List.of(Health.ready(), Health.starting("loads"), Health.failed("worker: broke"))) {
      health = now;
      for (String path : List.of("/healthz", "/readyz", "/metrics", "/own", "/broken")) {
        HttpResponse<String> get = get(path);
        HttpResponse<String> head = head(path);
        assertEquals(get.statusCode(), head.statusCode(), now + path);
        assertEquals(headers(get), headers(head), now + path);
        assertEquals("", head.body(), now + path);
      }
    }
    assertEquals(404, head("/none").statusCode());
    assertEquals(405, head("/taken").statusCode());
  }

  @Test
  void nothingTellsWhichServerThisIs() throws Exception {
    assertFalse(get("/healthz").headers().firstValue("Server").isPresent());
  }

  @Test
  void aPortInUseIsNamedWithTheRemedy() {
    HttpSettings taken = new HttpSettings("127.0.0.1", http.port());
    try (HttpService second = service(taken, new CollectorRegistry())) {
      String message = assertThrows(IllegalStateException.class, second::start).getMessage();
      assertTrue(message.contains("127.0.0.1:" + http.port()), message);
      assertTrue(message.contains("choose another port"), message);
      assertFalse(second.health().isReady());
    }
  }

  @Test
  void itIsReadyOnlyWhileItListens() {
    URI uri = uri("/healthz");
    assertTrue(http.health().isReady());
    http.close();
    http.close();
    assertFalse(http.health().isReady());
    assertThrows(ConnectException.class, () -> get(uri));
  }

  @Test
  void whileItIsClosedRequestsUnderWayGetTheirAnswerAndOthers503() throws Exception {
    CompletableFuture<HttpResponse<String>> underWay =
        CLIENT.sendAsync(HttpRequest.newBuilder(uri("/waits")).build(), BodyHandlers.ofString());
    waiting.await();
    URI other = uri("/own");
    Thread closing = new Thread(http::close);
    closing.start();
    HttpResponse<String> refused = get(other);
    while (refused.statusCode() == 200) {
      refused = get(other);
    }
    assertEquals(503, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    go.countDown();
    assertEquals("waited", underWay.get().body());
    closing.join();
    assertThrows(ConnectException.class, () -> get(other));
  }

  @Test
  void probesAnswerWhileEveryOtherSlotIsTaken() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> underWay = new ArrayList<>();
    URI waits = uri("/waits");
    for (int i = 0; i < 400; i++) {
      underWay.add(
          CLIENT.sendAsync(HttpRequest.newBuilder(waits).build(), BodyHandlers.ofString()));
    }
    HttpResponse<String> busy = get("/own");
    while (busy.statusCode() == 200) {
      busy = get("/own");
    }
    assertEquals(503, busy.statusCode());
    assertTrue(busy.body().contains("urn:framewarden:problem:busy"), busy.body());
    assertTrue(busy.headers().firstValue("Retry-After").isPresent());
    assertAnswer("/healthz", 200, "ok\n");
    assertAnswer("/readyz", 200, "ok\n");
    assertTrue(get("/metrics").body().contains("framewarden_http_refused_total{reason=\"busy\""));
    go.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : underWay) {
      assertTrue(List.of(200, 503).contains(answer.get().statusCode()));
    }
    assertAnswer("/own", 200, "mine");
  }

  @Test
  void probesMayHaveAPortOfTheirOwn() throws Exception {
    HttpSettings apart = new HttpSettings("127.0.0.1", 0, 0, Duration.ofSeconds(20));
    try (HttpService two = service(apart, new CollectorRegistry())) {
      two.start();
      assertNotEquals(two.port(), two.probePort());
      String probes = "http://127.0.0.1:" + two.probePort();
      String others = "http://127.0.0.1:" + two.port();
      for (String path : List.of("/healthz", "/readyz", "/metrics")) {
        assertEquals(200, get(URI.create(probes + path)).statusCode());
        assertEquals(404, get(URI.create(others + path)).statusCode());
      }
      assertEquals("mine", get(URI.create(others + "/own")).body());
      assertEquals(404, get(URI.create(probes + "/own")).statusCode());
    }
  }

  @Test
  void closingOneThatNeverStartedIsFine() {
    HttpSettings any = new HttpSettings("127.0.0.1", 0);
    assertDoesNotThrow(() -> service(any, new CollectorRegistry()).close());
  }

  private HttpService service(int port) {
    return service(new HttpSettings("127.0.0.1", port), registry);
  }

  private HttpService service(HttpSettings settings, CollectorRegistry metrics) {
    return new HttpService(
        settings,
        watched,
        metrics,
        routes -> {
          routes.get("/own", context -> context.result("mine"));
          routes.get(
              "/broken",
              context -> {
                throw new IOException("no disk");
              });
          routes.get(
              "/waits",
              context -> {
                waiting.countDown();
                go.await();
                context.result("waited");
              });
          routes.post("/taken", context -> context.result("taken"));
        });
  }

  private HttpResponse<String> head(String path) throws IOException, InterruptedException {
    HttpRequest head =
        HttpRequest.newBuilder(uri(path)).method("HEAD", BodyPublishers.noBody()).build();
    return CLIENT.send(head, BodyHandlers.ofString());
  }

  private static Map<String, List<String>> headers(HttpResponse<String> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.remove("date");
    return headers;
  }

  private void assertAnswer(String path, int status, String body) throws Exception {
    HttpResponse<String> response = get(path);
    assertEquals(status, response.statusCode(), path);
    assertEquals(body, response.body(), path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(uri(path));
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + http.port() + path);
  }
}
