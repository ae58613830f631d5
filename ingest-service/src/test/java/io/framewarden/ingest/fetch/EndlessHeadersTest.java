package io.framewarden.ingest.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Web servers whose response headers do not end. */
@Timeout(60)
class EndlessHeadersTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** What a client and the system between may take in beyond what it looks at. */
  private static final long MUCH = 64 << 20;

  @Test
  void headersWithoutEndAreNotTakenIn() throws Exception {
    String one = "X-Long: " + "x".repeat(8000) + "\r\n";
    assertTrue(sentUntilCutOff("HTTP/1.1 200 OK\r\n", one, 0) < MUCH);
  }

  @Test
  void noIsAHeaderWithoutEnd() throws Exception {
    assertTrue(sentUntilCutOff("HTTP/1.1 200 OK\r\nX-Long: ", "x".repeat(8000), 0) < MUCH);
  }

  @Test
  void headersThatTrickleAreCutOff() throws Exception {
    sentUntilCutOff("HTTP/1.1 200 OK\r\n", "X: y\r\n", 50);
  }

  @Test
  void interimResponsesWithoutEndAreCutOff() throws Exception {
    sentUntilCutOff("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 20);
  }

  /** How much a server could send before the client closed the connection. */
  private static long sentUntilCutOff(String head, String piece, int pauseMillis) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI place = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/media/");
      CompletableFuture<Long> sent = new CompletableFuture<>();
      Thread serving =
          new Thread(
              () -> {
                long bytes = 0;
                try (Socket client = server.accept()) {
                  OutputStream out = client.getOutputStream();
                  out.write(head.getBytes(StandardCharsets.US_ASCII));
                  while (true) {
                    out.write(piece.getBytes(StandardCharsets.US_ASCII));
                    bytes += piece.length();
                    TimeUnit.MILLISECONDS.sleep(pauseMillis); // the server is slow
                  }
                } catch (IOException | InterruptedException e) {
                  sent.complete(bytes);
                }
              });
      serving.start();
      FetchConfig config =
          new FetchConfig(List.of(place), DEADLINE, StoreConfig.from(new Settings(Map.of())));
      try (VideoFetcher fetcher = new VideoFetcher(config)) {
        ApiException refused =
            assertThrows(ApiException.class, () -> fetcher.open(place + "clip.mp4"));
        assertEquals(ProblemType.SOURCE_UNAVAILABLE, refused.type());
        return sent.get();
      }
    }
  }
}
