package io.framewarden.runtime.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
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
  ObjectStore store() {
    return store;
  }

  @Test
  void objectsOutliveTheStoreThatWroteThem() throws IOException {
    ObjectStore.Stored stored = put("uploads/v", new byte[] {1}, 1);
    assertEquals(root.resolve("uploads/v"), new FileObjectStore(root).local(stored.uri()));
  }

  @Test
  void whileItIsWrittenAnObjectIsNotThere() throws IOException {
    InputStream looking =
        new InputStream() {
          @Override
          public int read() throws IOException {
            assertThrows(NoSuchFileException.class, () -> store.local(root.resolve("k").toUri()));
            return -1;
          }
        };
    store.put("k", looking, 1);
    assertTrue(Files.exists(store.local(root.resolve("k").toUri())));
  }

  @Test
  void noPartIsLeftBehind() throws IOException {
    put("k", new byte[1], 1);
    assertThrows(ObjectTooLargeException.class, () -> put("k2", new byte[2], 1));
    try (Stream<Path> files = Files.list(root)) {
      assertEquals(List.of(root.resolve("k")), files.toList());
    }
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
