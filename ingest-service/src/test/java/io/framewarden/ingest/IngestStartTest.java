package io.framewarden.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.pace.DiskRoom;
import io.framewarden.ingest.tus.StagingConfig;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.http.HttpService;
import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.ServiceGroup;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.prometheus.client.CollectorRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ingest process while it starts, beside a Kafka that is not there. */
@Timeout(120)
@Tag("slow")
class IngestStartTest {
  private static final String HOST = "127.0.0.1";

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CollectorRegistry registry = new CollectorRegistry();
  private ObjectStore store;
  private ServerSocket taken;
  private Ingest.Config config;

  @BeforeEach
  void open() throws Exception {
    Settings settings =
        new Settings(
            Map.of(
                StoreConfig.STORE,
                folder.resolve("objects").toString(),
                StagingConfig.FOLDER,
                folder.resolve("staging").toString()));
    config = Ingest.Config.from(settings);
    store = ObjectStores.open(StoreConfig.from(settings));
    taken = new ServerSocket(0, 1, InetAddress.getByName(HOST));
  }

  @AfterEach
  void close() throws Exception {
    taken.close();
    store.close();
  }

  @Test
  void theProbesAnswerAndTheApiSaysWhenToComeAgainWhileKafkaIsWaitedFor() throws Exception {
    String nobody = HOST + ":" + freePort();
    Ingest ingest = ingest(nobody, 0);
    HttpService server = ingest.server(ingest);
    Thread starting = new Thread(ingest::start, "starting");
    starting.setUncaughtExceptionHandler((thread, interrupted) -> {}); // by the end of this test
    try {
      server.start();
      assertStarting(server.port(), "STARTING: ");
      starting.start();
      String waits = "STARTING: ingest: waiting for Kafka at " + nobody;
      while (!get(server.port(), "/readyz").body().startsWith(waits)) {
        Thread.onSpinWait();
      }
      assertStarting(server.port(), waits);
    } finally {
      starting.interrupt();
      starting.join();
      ingest.close();
      server.close();
    }
  }

  @Test
  void aTakenPortIsToldBeforeAnythingIsStarted() throws Exception {
    int port = taken.getLocalPort();
    Ingest ingest = ingest(HOST + ":1", port);
    ServiceGroup process = new ServiceGroup("process", List.of(ingest.server(ingest), ingest));
    long before = ProcessHandle.current().children().count();
    IllegalStateException failure = assertThrows(IllegalStateException.class, process::start);
    assertTrue(failure.getMessage().contains("cannot listen on " + HOST + ":" + port));
    assertEquals(before, ProcessHandle.current().children().count());
    ingest.close();
  }

  private Ingest ingest(String kafka, int port) throws Exception {
    return new Ingest(
        config,
        new HttpSettings(HOST, port),
        KafkaConnection.embedded(kafka),
        store,
        DiskRoom.UNKNOWN,
        registry);
  }

  private void assertStarting(int port, String waits) throws Exception {
    assertEquals(200, get(port, "/healthz").statusCode());
    HttpResponse<String> ready = get(port, "/readyz");
    assertEquals(503, ready.statusCode());
    assertTrue(ready.body().startsWith(waits), ready.body());
    HttpResponse<String> upload =
        client.send(
            request(port, "/v1/videos").POST(HttpRequest.BodyPublishers.ofString("video")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(503, upload.statusCode(), upload.body());
    assertTrue(upload.headers().firstValue("Retry-After").isPresent());
    assertEquals(
        "application/problem+json", upload.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(upload.body().contains("the service is starting"), upload.body());
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return client.send(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
