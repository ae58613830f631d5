package io.framewarden.standalone.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.http.HttpSettings;
import io.framewarden.testkit.TestModel;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline answers before it is there. */
@Timeout(240)
class PipelineStartIT {
  private static final String HOST = "127.0.0.1";

  private final Set<ProcessHandle> before =
      ProcessHandle.current().children().collect(Collectors.toSet());

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  /** The broker is stopped as soon as there is one, so that nothing depends on how quick it is. */
  @Test
  void thePortAnswersWhileTheBrokerStarts() throws Exception {
    int port = freePort();
    try (Pipeline pipeline = pipeline(port)) {
      CompletableFuture<Void> started = CompletableFuture.runAsync(pipeline::start);
      long broker = awaitBroker(started);
      signal("-STOP", broker);
      assertEquals(200, get(port, "/healthz").statusCode());
      HttpResponse<String> ready = get(port, "/readyz");
      assertEquals(503, ready.statusCode());
      assertTrue(ready.body().startsWith("STARTING: "), ready.body());
      HttpResponse<String> upload =
          client.send(
              request(port, "/v1/videos")
                  .POST(HttpRequest.BodyPublishers.ofString("a video"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(503, upload.statusCode(), upload.body());
      assertTrue(upload.headers().firstValue("Retry-After").isPresent());
      assertTrue(upload.body().contains("the service is starting"), upload.body());
      assertFalse(started.isDone());
      signal("-CONT", broker);
      started.get(120, TimeUnit.SECONDS);
      assertEquals(404, get(port, "/v1/videos/none").statusCode());
    }
  }

  @Test
  void aTakenPortIsToldBeforeABrokerIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST));
        Pipeline pipeline = pipeline(taken.getLocalPort())) {
      IllegalStateException failure = assertThrows(IllegalStateException.class, pipeline::start);
      assertTrue(failure.getMessage().contains("cannot listen on"), failure.getMessage());
      assertFalse(Files.exists(folder.resolve("data/broker")));
    }
  }

  private Pipeline pipeline(int port) {
    StandaloneConfig config =
        StandaloneConfig.from(
            Map.of(), new DataFolder(folder.resolve("data")), 0, TestModel.folder());
    return new Pipeline(config, new HttpSettings(HOST, port), new CollectorRegistry());
  }

  /** The pipeline's first child; decoders come after it. */
  private long awaitBroker(CompletableFuture<Void> started) {
    Optional<ProcessHandle> broker = Optional.empty();
    while (broker.isEmpty()) {
      assertFalse(started.isDone(), "the pipeline did not start a broker");
      broker =
          ProcessHandle.current().children().filter(child -> !before.contains(child)).findAny();
    }
    return broker.get().pid();
  }

  private static void signal(String name, long process) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", name, Long.toString(process)).start().waitFor());
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return client.send(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
