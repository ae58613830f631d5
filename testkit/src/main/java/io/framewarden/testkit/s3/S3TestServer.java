package io.framewarden.testkit.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server of each test's own, in memory, with one empty bucket. Its credentials are where
 * the SDK's default chain looks first. Tests of this project's modules register it as an extension.
 */
public final class S3TestServer implements BeforeEachCallback, AfterEachCallback {
  public static final String BUCKET = "bucket-of-tests";

  private static final String ACCESS = "aws.accessKeyId";
  private static final String SECRET = "aws.secretAccessKey";

  private final S3ProxyExtension server =
      S3ProxyExtension.builder().withCredentials("access-of-tests", "secret-of-tests").build();
  private Path work;
  private S3Client client;

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    server.beforeEach(context);
    System.setProperty(ACCESS, server.getAccessKey());
    System.setProperty(SECRET, server.getSecretKey());
    work = Files.createTempDirectory("s3-work");
    client =
        S3Client.builder()
            .endpointOverride(server.getUri())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .build();
    client.createBucket(bucket -> bucket.bucket(BUCKET));
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    client.close();
    System.clearProperty(ACCESS);
    System.clearProperty(SECRET);
    server.afterEach(context);
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The environment variables of a store in the bucket, under {@code prefix/}. */
  public Map<String, String> variables() {
    return variables(Map.of());
  }

  /** Those variables, some of them changed. */
  public Map<String, String> variables(Map<String, String> changed) {
    Map<String, String> variables = new HashMap<>();
    variables.put("FRAMEWARDEN_STORE", "s3://" + BUCKET + "/prefix");
    variables.put("FRAMEWARDEN_STORE_ENDPOINT", server.getUri().toString());
    variables.put("FRAMEWARDEN_STORE_WORK_DIR", work.toString());
    variables.put("FRAMEWARDEN_STORE_MIN_FREE_MB", "1");
    variables.putAll(changed);
    return variables;
  }

  /** Everything that can be done to the server, by hand. */
  public S3Client client() {
    return client;
  }

  /** Where parts and local copies of its stores are. */
  public Path work() {
    return work;
  }

  /** The keys of the bucket, with the prefix. */
  public List<String> keys() {
    return client.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents().stream()
        .map(object -> object.key())
        .toList();
  }
}
