package io.framewarden.runtime.store.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.LocalCopy;
import io.framewarden.runtime.store.Noise;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.ObjectStoreContract;
import io.framewarden.runtime.store.StoreConfig;
import io.framewarden.runtime.store.factory.ObjectStores;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.testkit.s3.S3TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("slow")
class S3ObjectStoreTest extends ObjectStoreContract {
  private static final String BUCKET = S3TestServer.BUCKET;
  private static final int PART = 8 << 20;

  @RegisterExtension final S3TestServer server = new S3TestServer();

  private StoreConfig config;
  private S3Client client;
  private ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    config = StoreConfig.from(new Settings(server.variables(Map.of())));
    client = server.client();
    store = open(config);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    try (Stream<Path> left = Files.list(server.work())) {
      assertEquals(1, left.count(), "only the lock may be left");
    }
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected ObjectStore fullStore() throws IOException {
    return open(
        StoreConfig.from(
            new Settings(server.variables(Map.of("FRAMEWARDEN_STORE_MIN_FREE_MB", "1048576")))));
  }

  @Override
  protected int parts() throws IOException {
    return client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads().size();
  }

  @Test
  void objectsLieUnderThePrefixAndUrisSayWhere() throws IOException {
    ObjectStore.Stored stored = put("uploads/v", new byte[] {1}, 1);
    assertEquals(URI.create("s3://bucket-of-tests/prefix/uploads/v"), stored.uri());
    assertEquals(
        1, client.headObject(head -> head.bucket(BUCKET).key("prefix/uploads/v")).contentLength());
  }

  @Test
  void aContentThatEndsWithAPartIsWhole() throws IOException {
    for (int bytes : new int[] {PART - 1, PART, PART + 1, 2 * PART}) {
      ObjectStore.Stored stored = store.put("k", new Noise(bytes), bytes);
      assertEquals(bytes, local(stored.uri()).length);
    }
    assertEquals(0, parts());
  }

  @Test
  void partsAndCopiesAreOnDiskOnlyWhileTheyAreUsed() throws IOException {
    ObjectStore.Stored stored = store.put("k", new Noise(PART + 1), 2 * PART);
    assertEquals(0, filesInWork());
    try (LocalCopy copy = store.local(stored.uri())) {
      assertTrue(copy.path().startsWith(server.work()));
      assertEquals(1, filesInWork());
    }
    assertEquals(0, filesInWork());
  }

  @Test
  void openingAbortsOldHalfUploadsUnderItsPrefixOnly() throws IOException {
    for (String key : new String[] {"prefix/uploads/half", "other/half"}) {
      String id = client.createMultipartUpload(one -> one.bucket(BUCKET).key(key)).uploadId();
      client.uploadPart(
          part -> part.bucket(BUCKET).key(key).uploadId(id).partNumber(1),
          RequestBody.fromString("half"));
    }
    open(config).close();
    assertEquals(2, parts(), "those in work stay");
    StoreConfig impatient =
        new StoreConfig(
            config.where(),
            config.endpoint(),
            config.region(),
            config.pathStyle(),
            config.work(),
            Duration.ofHours(-1),
            0);
    open(impatient).close();
    assertEquals(
        "other/half",
        client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads().get(0).key());
    assertEquals(1, parts());
  }

  @Test
  void anObjectThatIsReplacedWhileItIsReadIsNotMixed() throws IOException {
    ObjectStore.Stored stored = store.put("k", new Noise(PART), PART);
    try (BreakingLine line = new BreakingLine(URI.create(config.endpoint()), 1 << 20);
        ObjectStore over =
            open(
                StoreConfig.from(
                    new Settings(
                        server.variables(Map.of("FRAMEWARDEN_STORE_ENDPOINT", line.uri())))));
        InputStream in = over.open(stored.uri())) {
      in.readNBytes(1000);
      store.put("k", new Noise(PART - 1), PART);
      line.breakNow();
      String told = assertThrows(IOException.class, in::readAllBytes).getMessage();
      assertTrue(told.contains("replaced while it was read"), told);
    }
  }

  @Test
  void aDownloadGoesOnWhereItsConnectionBroke() throws IOException {
    ObjectStore.Stored stored = store.put("k", new Noise(PART), PART);
    try (BreakingLine line = new BreakingLine(URI.create(config.endpoint()), 3 << 20);
        ObjectStore over =
            open(
                StoreConfig.from(
                    new Settings(
                        server.variables(Map.of("FRAMEWARDEN_STORE_ENDPOINT", line.uri())))));
        LocalCopy copy = over.local(stored.uri())) {
      assertEquals(stored.sha256(), Sha256.of(copy.path()));
      assertTrue(line.broken() >= 2, "broken " + line.broken() + " times");
    }
  }

  @Test
  void aBucketThatIsNotThereIsSaidAtOnce() {
    StoreConfig elsewhere = config.at("s3://no-such-bucket");
    String told =
        assertThrows(
                IOException.class,
                () -> S3ObjectStore.open(elsewhere, "no-such-bucket", "", () -> 0))
            .getMessage();
    assertTrue(told.contains("no-such-bucket") && told.contains("create it"), told);
  }

  @Test
  void wrongCredentialsAreSaidWithoutThem() throws IOException {
    System.setProperty("aws.secretAccessKey", "another-secret");
    try (ObjectStore refused = open(config)) {
      URI uri = refused.uri("k");
      String told = assertThrows(IOException.class, () -> refused.open(uri)).toString();
      assertFalse(told.contains("another-secret"), told);
      assertTrue(told.contains("credentials"), told);
    }
  }

  @Test
  void aCopyOfAnObjectThatIsGoneLeavesNothing() throws IOException {
    assertThrows(NoSuchFileException.class, () -> store.local(store.uri("gone")));
    assertEquals(0, filesInWork());
  }

  private static ObjectStore open(StoreConfig config) throws IOException {
    return ObjectStores.open(config);
  }

  private long filesInWork() throws IOException {
    try (Stream<Path> files = Files.walk(server.work())) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals("lock"))
          .count();
    }
  }
}
