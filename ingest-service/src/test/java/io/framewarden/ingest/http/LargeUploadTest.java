package io.framewarden.ingest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.tus.StagingConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Uploads larger than the server's heap, whole and in parts. {@code -Dframewarden.large.bytes} and
 * {@code -Dframewarden.large.heap} make both larger; the defaults keep the test to seconds.
 */
@Tag("slow")
class LargeUploadTest {
  private static final long BYTES = Long.getLong("framewarden.large.bytes", 128L << 20);
  private static final String HEAP = "-Xmx" + System.getProperty("framewarden.large.heap", "64m");

  @TempDir Path folder;

  /** The server's process: prints its port and serves until its input ends. */
  static final class Server {
    private Server() {}

    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      UploadApiConfig plain = ApiServer.config(folder);
      UploadApiConfig large =
          new UploadApiConfig(
              plain.access(),
              new StagingConfig(plain.staging().folder(), 8L << 30, Duration.ofHours(1)),
              plain.fetch(),
              8L << 30,
              plain.uploadsAtOnce(),
              plain.pace());
      try (ApiServer api = new ApiServer(large)) {
        System.out.println("port " + api.port());
        while (System.in.read() >= 0) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @Test
  @Timeout(300)
  void memoryDoesNotGrowWithTheFile() throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                Server.class.getName(),
                folder.toString())
            .redirectError(folder.resolve("err.log").toFile())
            .start();
    try {
      int port = port(server.inputReader());
      long began = System.nanoTime();
      String whole = send(port, "POST", "/v1/videos", "");
      assertTrue(whole.startsWith("HTTP/1.1 202"), whole);
      String created = create(port);
      String path = created.replaceFirst("(?s).*Location: (\\S+).*", "$1");
      String part =
          send(
              port,
              "PATCH",
              path,
              "Tus-Resumable: 1.0.0\r\n"
                  + "Upload-Offset: 0\r\n"
                  + "Content-Type: application/offset+octet-stream\r\n");
      assertTrue(part.startsWith("HTTP/1.1 204"), part);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      System.out.printf(
          "2 x %d MiB with %s in %d s, %s%n", BYTES >> 20, HEAP, seconds, memory(server));
      try (Stream<Path> files = Files.list(folder.resolve("store/uploads"))) {
        // The same bytes twice are one video.
        assertEquals(List.of(BYTES), files.map(file -> file.toFile().length()).toList());
      }
    } finally {
      server.getOutputStream().close();
      assertTrue(server.waitFor(30, TimeUnit.SECONDS), "the server did not stop");
    }
  }

  private static int port(BufferedReader out) throws IOException {
    String line = out.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = out.readLine();
    }
    assertTrue(line != null, "the server ended instead of listening");
    return Integer.parseInt(line.substring("port ".length()));
  }

  private static String create(int port) throws IOException {
    try (RawClient client = new RawClient(port)) {
      client.send(
          "POST /v1/uploads HTTP/1.1\r\n"
              + "Host: localhost\r\n"
              + "Connection: close\r\n"
              + "Tus-Resumable: 1.0.0\r\n"
              + "Upload-Length: "
              + BYTES
              + "\r\nContent-Length: 0\r\n\r\n");
      return client.readAll();
    }
  }

  /** Sends made content, block by block: nothing of the size of the file is in memory here. */
  private static String send(int port, String method, String path, String headers)
      throws IOException {
    byte[] block = ApiServer.video(1 << 20, 1);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String head =
          method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers;
      socket
          .getOutputStream()
          .write(
              (head + "Content-Length: " + BYTES + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      for (long sent = 0; sent < BYTES; sent += block.length) {
        socket.getOutputStream().write(block, 0, (int) Math.min(block.length, BYTES - sent));
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** The server's peak of resident memory, where the system tells. */
  private static String memory(Process server) throws IOException {
    Path status = Path.of("/proc", Long.toString(server.pid()), "status");
    if (!Files.exists(status)) {
      return "peak unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("peak unknown");
  }
}
