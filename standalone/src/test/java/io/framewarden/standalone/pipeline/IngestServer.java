package io.framewarden.standalone.pipeline;

import io.framewarden.ingest.IngestMain;
import io.framewarden.runtime.process.JavaCommand;
import io.framewarden.standalone.FramewardenMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An ingest service as production runs it: a process of its own, again and again on the same port
 * and the same folders. Its decoders must not outlive it.
 */
final class IngestServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final Class<?> main;
  private final List<String> arguments;
  private final int port = freePort();
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;

  /**
   * @param folder for everything that it writes; temporary files have a folder of their own
   * @param more variables of the service's own
   */
  IngestServer(String bootstrapServers, Path folder, Map<String, String> more) throws IOException {
    this.folder = folder;
    main = IngestMain.class;
    arguments = List.of();
    Files.createDirectories(temporary());
    environment.put("FRAMEWARDEN_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("FRAMEWARDEN_KAFKA_MAX_PARTITIONS", "2");
    environment.put("FRAMEWARDEN_HTTP_HOST", "127.0.0.1");
    environment.put("FRAMEWARDEN_HTTP_PORT", Integer.toString(port));
    environment.put("FRAMEWARDEN_STORE", folder.resolve("objects").toString());
    environment.put("FRAMEWARDEN_STORE_MIN_FREE_MB", "0");
    environment.put("FRAMEWARDEN_STAGING_DIR", staging().toString());
    environment.put("FRAMEWARDEN_INGEST_INSTANCE", "ingest");
    environment.putAll(more);
  }

  /**
   * The whole pipeline instead, {@code framewarden serve} with a broker of its own.
   *
   * @param folder for everything that it writes; temporary files have a folder of their own
   * @param more variables of its own
   */
  IngestServer(int brokerPort, Path folder, Map<String, String> more) throws IOException {
    this.folder = folder;
    main = FramewardenMain.class;
    arguments =
        List.of(
            "serve",
            "--port=" + port,
            "--kafka-port=" + brokerPort,
            "--data-dir=" + folder.resolve("data"));
    Files.createDirectories(temporary());
    environment.putAll(more);
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  Path staging() {
    return folder.resolve("staging");
  }

  Path objects() {
    return folder.resolve("objects");
  }

  /** Begins; does not wait. */
  void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaCommand.of(
                main,
                List.of(
                    "-Xmx" + (main == IngestMain.class ? 256 : 512) + "m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-Djava.io.tmpdir=" + temporary(),
                    "-Dframewarden.home=" + System.getProperty("framewarden.home")),
                arguments));
    builder.environment().putAll(environment);
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("ingest.log").toFile()))
            .start();
  }

  /** Waits until it takes uploads. */
  void awaitReady() throws InterruptedException, IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!ready()) {
      if (System.nanoTime() > deadline || process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("ingest did not start" + log());
      }
    }
  }

  private boolean ready() throws InterruptedException {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  int port() {
    return port;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The value of a metric without labels. */
  double metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no metric " + name));
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Kill -9. When this returns nothing of it runs any more, decoders included. */
  void kill() throws Exception {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    awaitEnd(children);
  }

  /**
   * SIGTERM.
   *
   * @return the exit status
   */
  int stop() throws Exception {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(70, TimeUnit.SECONDS)) {
      kill();
      throw new IllegalStateException("ingest did not stop" + log());
    }
    awaitEnd(children);
    return process.exitValue();
  }

  private void awaitEnd(List<ProcessHandle> children) throws Exception {
    List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
    children.forEach(child -> ends.add(child.onExit()));
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(
          "orphans: " + children.stream().filter(ProcessHandle::isAlive).toList(), e);
    }
  }

  /** The end of its log, for messages. */
  String log() {
    try {
      List<String> lines = Files.readAllLines(folder.resolve("ingest.log"));
      return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return " (no log: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() throws Exception {
    if (process != null && process.isAlive()) {
      kill();
    }
  }

  static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
