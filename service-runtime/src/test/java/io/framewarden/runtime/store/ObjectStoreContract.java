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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store does; each implementation's test inherits it. */
abstract class ObjectStoreContract {

  /** The store under test, empty at the start of a test. */
  abstract ObjectStore store();

  @Test
  void anObjectComesBackWithItsDigestAndSize() throws IOException {
    byte[] content = new byte[200_001];
    new Random(1).nextBytes(content);
    Stored stored = put("uploads/v-1", content, content.length);
    assertEquals(Sha256.of(content), stored.sha256());
    assertEquals(content.length, stored.bytes());
    assertArrayEquals(content, Files.readAllBytes(store().local(stored.uri())));
    try (InputStream read = store().open(stored.uri())) {
      assertArrayEquals(content, read.readAllBytes());
    }
  }

  @Test
  void anEmptyObjectIsAnObject() throws IOException {
    Stored stored = put("empty", new byte[0], 0);
    assertEquals(0, stored.bytes());
    assertEquals(0, Files.size(store().local(stored.uri())));
  }

  @Test
  void theSameKeyReplaces() throws IOException {
    Stored first = put("k", new byte[] {1}, 9);
    Stored second = put("k", new byte[] {2, 3}, 9);
    assertEquals(first.uri(), second.uri());
    assertArrayEquals(new byte[] {2, 3}, Files.readAllBytes(store().local(second.uri())));
  }

  @Test
  void aKeySaysWhereItsObjectIsOrWouldBe() throws IOException {
    URI coming = store().uri("folder/k");
    assertThrows(NoSuchFileException.class, () -> store().local(coming));
    assertThrows(NoSuchFileException.class, () -> store().open(coming));
    assertEquals(coming, put("folder/k", new byte[] {1}, 9).uri());
    assertThrows(IllegalArgumentException.class, () -> store().uri("../k"));
  }

  @Test
  void oneByteOverTheLimitKeepsWhatWasThereBefore() throws IOException {
    Stored before = put("k", new byte[] {1}, 9);
    assertThrows(ObjectTooLargeException.class, () -> put("k", new byte[10], 9));
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(store().local(before.uri())));
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
        "uploads/x",
        ""
      })
  void aUriOutsideTheStoreIsRefused(String uri) {
    URI outside = URI.create(uri);
    assertThrows(IllegalArgumentException.class, () -> store().local(outside));
    assertThrows(IllegalArgumentException.class, () -> store().open(outside));
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

  final Stored put(String key, byte[] content, long limit) throws IOException {
    return store().put(key, new ByteArrayInputStream(content), limit);
  }
}
