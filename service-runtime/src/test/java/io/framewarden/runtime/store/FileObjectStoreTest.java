package io.framewarden.runtime.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreTest extends ObjectStoreContract {
  @TempDir Path temp;
  private Path root;
  private FileObjectStore store;

  @BeforeEach
  void open() throws IOException {
    root = temp.toRealPath().resolve("a/store");
    store = new FileObjectStore(root);
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected ObjectStore fullStore() throws IOException {
    return new FileObjectStore(root, Long.MAX_VALUE, Duration.ofDays(1));
  }

  @Override
  protected int parts() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(".parts"))) {
      return (int)
          files.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).count();
    }
  }

  @Test
  void objectsOutliveTheStoreThatWroteThem() throws IOException {
    ObjectStore.Stored stored = put("uploads/v", new byte[] {1}, 1);
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(root.resolve("uploads/v")));
    assertEquals(1, new FileObjectStore(root).size(stored.uri()));
  }

  @Test
  void aPartIsNoObject() throws IOException {
    put("k", new byte[1], 1);
    Files.writeString(root.resolve(".parts/x"), "half");
    URI part = root.resolve(".parts/x").toUri();
    assertThrows(IllegalArgumentException.class, () -> store.open(part));
    assertThrows(IllegalArgumentException.class, () -> store.delete(part));
  }

  @Test
  void openingRemovesOldPartsOnly() throws IOException {
    put("k", new byte[1], 1);
    Path old = Files.writeString(root.resolve(".parts/old"), "half");
    Path inWork = Files.writeString(root.resolve(".parts/in-work"), "half");
    Instant yesterday = Instant.now().minus(Duration.ofHours(25));
    Files.setLastModifiedTime(old, FileTime.from(yesterday));
    Files.setLastModifiedTime(root.resolve("k"), FileTime.from(yesterday));
    new FileObjectStore(root, 0, Duration.ofHours(24)).close();
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(inWork));
    assertEquals(1, store.size(store.uri("k")));
  }

  @Test
  void aLinkInTheStoreIsNoObjectAndDeletingItKeepsItsTarget() throws IOException {
    Path target = Files.writeString(temp.resolve("secret"), "x");
    Path link = Files.createSymbolicLink(root.resolve("link"), target);
    assertThrows(NoSuchFileException.class, () -> store.local(link.toUri()));
    store.delete(link.toUri());
    assertTrue(Files.exists(target));
  }

  @Test
  void anObjectBehindALinkedFolderIsRefused() throws IOException {
    Files.writeString(temp.resolve("secret"), "x");
    Files.createSymbolicLink(root.resolve("out"), temp);
    var behind = root.resolve("out/secret").toUri();
    assertThrows(IllegalArgumentException.class, () -> store.local(behind));
    assertThrows(IllegalArgumentException.class, () -> store.delete(behind));
    assertTrue(Files.exists(temp.resolve("secret")));
  }

  @Test
  void aFolderIsNoObject() throws IOException {
    put("a/b", new byte[1], 1);
    var folder = root.resolve("a").toUri();
    assertThrows(NoSuchFileException.class, () -> store.local(folder));
    assertThrows(IllegalArgumentException.class, () -> store.delete(folder));
  }
}
