package io.framewarden.runtime.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.framewarden.runtime.store.ObjectStore.Stored;
import io.framewarden.schemas.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store does; each implementation's test inherits it. */
@SuppressWarnings("InputStreamSlowMultibyteRead") // the ones here break after a few bytes
public abstract class ObjectStoreContract {

  /** Larger than a part of any store. */
  private static final int LARGE = (20 << 20) + 1;

  /** The store under test, empty at the start of a test. */
  protected abstract ObjectStore store();

  /** A store of the same objects whose disk has no room. */
  protected abstract ObjectStore fullStore() throws IOException;

  /** How many half uploads there are. */
  protected abstract int parts() throws IOException;

  @Test
  void anObjectComesBackWithItsDigestAndSize() throws IOException {
    byte[] content = new byte[200_001];
    new Random(1).nextBytes(content);
    Stored stored = put("uploads/v-1", content, content.length);
    assertEquals(Sha256.of(content), stored.sha256());
    assertEquals(content.length, stored.bytes());
    assertArrayEquals(content, local(stored.uri()));
    try (InputStream read = store().open(stored.uri())) {
      assertArrayEquals(content, read.readAllBytes());
    }
  }

  @Test
  void anEmptyObjectIsAnObject() throws IOException {
    Stored stored = put("empty", new byte[0], 0);
    assertEquals(0, stored.bytes());
    assertEquals(0, store().size(stored.uri()));
    assertEquals(0, local(stored.uri()).length);
  }

  @Test
  void aLargeObjectComesBackToo() throws IOException {
    Stored stored = store().put("large", new Noise(LARGE), LARGE);
    assertEquals(LARGE, stored.bytes());
    assertEquals(LARGE, store().size(stored.uri()));
    assertEquals(stored.sha256(), Sha256.of(local(stored.uri())));
    assertEquals(stored.sha256(), Sha256.of(new Noise(LARGE).readAllBytes()));
    assertEquals(0, parts());
  }

  @Test
  void aLargeObjectIsNotThereWhileItIsWritten() throws IOException {
    URI coming = store().uri("large");
    InputStream looking =
        new Noise(LARGE) {
          @Override
          public int read(byte[] buffer, int offset, int count) throws IOException {
            assertThrows(NoSuchFileException.class, () -> store().size(coming));
            return super.read(buffer, offset, count);
          }
        };
    store().put("large", looking, LARGE);
    assertEquals(LARGE, store().size(coming));
  }

  @Test
  void aLargeObjectOverTheLimitLeavesNothing() throws IOException {
    assertThrows(
        ObjectTooLargeException.class, () -> store().put("large", new Noise(LARGE), LARGE - 1));
    assertThrows(NoSuchFileException.class, () -> store().size(store().uri("large")));
    assertEquals(0, parts());
  }

  @Test
  void aLargeStreamThatBreaksLeavesNothing() throws IOException {
    InputStream broken =
        new SequenceInputStream(
            new Noise(LARGE),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the line broke");
              }
            });
    IOException told =
        assertThrows(IOException.class, () -> store().put("large", broken, 2L * LARGE));
    assertEquals("the line broke", told.getMessage());
    assertThrows(NoSuchFileException.class, () -> store().size(store().uri("large")));
    assertEquals(0, parts());
  }

  @Test
  void withoutRoomNothingIsTakenAndWhatWasThereStays() throws IOException {
    Stored before = put("k", new byte[] {1}, 9);
    try (ObjectStore full = fullStore()) {
      ByteArrayInputStream content = new ByteArrayInputStream(new byte[] {2});
      assertThrows(StoreFullException.class, () -> full.put("k", content, 9));
    }
    assertArrayEquals(new byte[] {1}, local(before.uri()));
    assertEquals(0, parts());
  }

  @Test
  void aLocalCopyCanBeReadUntilItIsClosedByEachWhoAskedForOne() throws IOException {
    Stored stored = put("k", new byte[] {1}, 9);
    try (LocalCopy one = store().local(stored.uri())) {
      store().local(stored.uri()).close();
      assertArrayEquals(new byte[] {1}, Files.readAllBytes(one.path()));
    }
    assertEquals(1, store().size(stored.uri()));
  }

  @Test
  void theSameKeyReplaces() throws IOException {
    Stored first = put("k", new byte[] {1}, 9);
    Stored second = put("k", new byte[] {2, 3}, 9);
    assertEquals(first.uri(), second.uri());
    assertArrayEquals(new byte[] {2, 3}, local(second.uri()));
  }

  @Test
  void aKeySaysWhereItsObjectIsOrWouldBe() throws IOException {
    URI coming = store().uri("folder/k");
    assertThrows(NoSuchFileException.class, () -> store().local(coming));
    assertThrows(NoSuchFileException.class, () -> store().open(coming));
    assertThrows(NoSuchFileException.class, () -> store().size(coming));
    assertEquals(coming, put("folder/k", new byte[] {1}, 9).uri());
    assertThrows(IllegalArgumentException.class, () -> store().uri("../k"));
  }

  @Test
  void oneByteOverTheLimitKeepsWhatWasThereBefore() throws IOException {
    Stored before = put("k", new byte[] {1}, 9);
    assertThrows(ObjectTooLargeException.class, () -> put("k", new byte[10], 9));
    assertArrayEquals(new byte[] {1}, local(before.uri()));
  }

  @Test
  void aStreamThatBreaksLeavesNothing() throws IOException {
    Stored other = put("folder/other", new byte[1], 1);
    InputStream broken =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("the line broke");
            }
            return 7;
          }
        };
    assertThrows(IOException.class, () -> store().put("folder/new", broken, 1 << 20));
    URI never = URI.create(other.uri().toString().replace("other", "new"));
    assertThrows(NoSuchFileException.class, () -> store().local(never));
  }

  @Test
  void aDeletedObjectIsGoneAndDeletingAgainIsNoError() throws IOException {
    Stored stored = put("k", new byte[1], 1);
    store().delete(stored.uri());
    assertThrows(NoSuchFileException.class, () -> store().local(stored.uri()));
    assertDoesNotThrow(() -> store().delete(stored.uri()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/abs",
        "../up",
        "a/../b",
        "a//b",
        "a/",
        ".hidden",
        "a/.part-1",
        "a b",
        "a\\b",
        "größe",
        "a\u0000b",
        "a\n"
      })
  void whatIsNoKeyIsRefused(String key) {
    assertThrows(IllegalArgumentException.class, () -> put(key, new byte[1], 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "file:///",
        "file:relative",
        "file://host/etc/passwd",
        "file:///etc/passwd?x",
        "http://example.org/x",
        "s3://another-bucket/k",
        "s3://bucket.of.another/prefix/k",
        "s3://user@bucket-of-tests/prefix/k",
        "s3://bucket-of-tests:80/prefix/k",
        "s3://bucket-of-tests/k",
        "s3://bucket-of-tests/prefix",
        "s3://bucket-of-tests/prefix/",
        "s3://bucket-of-tests/prefix//k",
        "s3://bucket-of-tests//prefix/k",
        "s3://bucket-of-tests/prefix/../k",
        "s3://bucket-of-tests/prefix/a/../../k",
        "s3://bucket-of-tests/prefix/%2e%2e/k",
        "s3://bucket-of-tests/prefix/k?versionId=1",
        "s3://bucket-of-tests/prefix/k#x",
        "s3:/bucket-of-tests/prefix/k",
        "s3:bucket-of-tests/prefix/k",
        "S3://bucket-of-tests/prefix/k",
        "uploads/x",
        ""
      })
  void aUriOutsideTheStoreIsRefused(String uri) {
    URI outside = URI.create(uri);
    assertThrows(IllegalArgumentException.class, () -> store().local(outside));
    assertThrows(IllegalArgumentException.class, () -> store().open(outside));
    assertThrows(IllegalArgumentException.class, () -> store().size(outside));
    assertThrows(IllegalArgumentException.class, () -> store().delete(outside));
  }

  @Test
  void aUriThatClimbsOutOfTheStoreIsRefused() throws IOException {
    Stored stored = put("k", new byte[1], 1);
    for (String up : new String[] {"/../../x", "/../..", "/%2e%2e/%2e%2e/x"}) {
      URI outside = URI.create(stored.uri() + up);
      assertThrows(IllegalArgumentException.class, () -> store().local(outside), up);
      assertThrows(IllegalArgumentException.class, () -> store().delete(outside), up);
    }
  }

  /** The bytes that a local copy of an object has. */
  protected final byte[] local(URI uri) throws IOException {
    try (LocalCopy copy = store().local(uri)) {
      return Files.readAllBytes(copy.path());
    }
  }

  protected final Stored put(String key, byte[] content, long limit) throws IOException {
    return store().put(key, new ByteArrayInputStream(content), limit);
  }
}
