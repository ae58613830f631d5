package io.framewarden.ingest.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket that answers 403 to everything, with the code that a test wants. */
@Timeout(60)
class BucketSourceTest {
  private static final String ACCESS = "aws.accessKeyId";
  private static final String SECRET = "aws.secretAccessKey";

  private HttpServer server;
  private VideoFetcher fetcher;
  private volatile String code = "";

  @BeforeEach
  void listen() throws IOException {
    System.setProperty(ACCESS, "somebody");
    System.setProperty(SECRET, "something");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer =
              ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/xml");
          exchange.sendResponseHeaders(403, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    fetcher =
        new VideoFetcher(
            new FetchConfig(
                List.of(URI.create("s3://incoming/")),
                Duration.ofSeconds(20),
                StoreConfig.from(
                    new Settings(
                        Map.of(
                            StoreConfig.ENDPOINT,
                            "http://127.0.0.1:" + server.getAddress().getPort(),
                            StoreConfig.REGION,
                            "eu-central-1")))));
  }

  @AfterEach
  void close() {
    fetcher.close();
    server.stop(0);
    System.clearProperty(ACCESS);
    System.clearProperty(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDenied", "InvalidObjectState"})
  void anObjectThatIsNotGivenOutIsRefused(String said) {
    code = said;
    ApiException refusal =
        assertThrows(ApiException.class, () -> fetcher.open("s3://incoming/a.mp4"));
    assertEquals(ProblemType.SOURCE_UNAVAILABLE, refusal.type());
  }

  @Test
  void credentialsThatAreNoneAreTheServicesOwnTrouble() {
    code = "InvalidAccessKeyId";
    IOException failure =
        assertThrows(IOException.class, () -> fetcher.open("s3://incoming/a.mp4"));
    assertTrue(failure.getMessage().contains("check the credentials"), failure.getMessage());
  }
}
