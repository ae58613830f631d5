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
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bucket that answers as a test wants to everything. */
@Timeout(60)
class BucketSourceTest {
  private static final String ACCESS = "aws.accessKeyId";
  private static final String SECRET = "aws.secretAccessKey";

  private HttpServer server;
  private VideoFetcher fetcher;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 403;
  private volatile String code = "";

  @BeforeEach
  void listen() throws IOException {
    System.setProperty(ACCESS, "somebody");
    System.setProperty(SECRET, "something");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] answer =
              ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/xml");
          exchange.sendResponseHeaders(status, answer.length);
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
  @CsvSource({
    "400, InvalidRequest", // encrypted with the customer's key
    "400, KMS.DisabledException",
    "400, XMinioInvalidObjectName",
    "400, ''",
    "403, AccessDenied",
    "403, InvalidObjectState",
    "404, NoSuchKey",
    "404, NoSuchVersion",
    "405, MethodNotAllowed", // the version is a delete marker
    "409, OperationAborted",
    "410, Gone",
    "451, ''"
  })
  void anObjectThatIsNotGivenOutIsRefused(int answered, String said) {
    status = answered;
    code = said;
    for (FetchAttempt attempt : attempts()) {
      ApiException refusal = assertThrows(ApiException.class, attempt::fetch);
      assertEquals(ProblemType.SOURCE_UNAVAILABLE, refusal.type());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredToken",
    "400, AuthorizationHeaderMalformed",
    "401, Unauthorized",
    "403, InvalidAccessKeyId",
    "403, SignatureDoesNotMatch",
    "404, NoSuchBucket"
  })
  void whatConcernsEveryObjectIsNotTheObjects(int answered, String said) {
    status = answered;
    code = said;
    for (FetchAttempt attempt : attempts()) {
      assertThrows(IOException.class, attempt::fetch);
    }
  }

  @Test
  void credentialsThatAreNoneAreNamed() {
    code = "InvalidAccessKeyId";
    IOException failure =
        assertThrows(IOException.class, () -> fetcher.open("s3://incoming/a.mp4"));
    assertTrue(failure.getMessage().contains("check the credentials"), failure.getMessage());
  }

  @Test
  void theKeyAndTheVersionAreAskedForAsTheyAre() {
    status = 404;
    code = "NoSuchKey";
    assertThrows(
        ApiException.class, () -> fetcher.openObject("incoming", "./a/../100%.mp4", "v 1"));
    assertTrue(asked.get(0).endsWith("/./a/../100%25.mp4?versionId=v%201"), asked.toString());
  }

  private interface FetchAttempt {
    void fetch() throws ApiException, IOException;
  }

  private List<FetchAttempt> attempts() {
    return List.of(
        () -> fetcher.open("s3://incoming/a.mp4"),
        () -> fetcher.openObject("incoming", "a.mp4", "version"));
  }
}
