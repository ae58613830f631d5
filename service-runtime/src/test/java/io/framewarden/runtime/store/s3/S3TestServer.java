package io.framewarden.runtime.store.s3;

import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
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
    client = S3Clients.open(config(Map.of()));
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

  /** The variables of a store in the bucket, under {@code prefix/}. */
  public Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put(StoreConfig.STORE, "s3://" + BUCKET + "/prefix");
    variables.put(StoreConfig.ENDPOINT, server.getUri().toString());
    variables.put(StoreConfig.WORK_DIR, work.toString());
    variables.put(StoreConfig.MIN_FREE_MB, "1");
    return variables;
  }

  /** That store's configuration, some of its variables changed. */
  public StoreConfig config(Map<String, String> changed) {
    Map<String, String> variables = variables();
    variables.putAll(changed);
    Settings settings = new Settings(variables);
    StoreConfig config = StoreConfig.from(settings);
    settings.check();
    return config;
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
