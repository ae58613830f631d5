package io.framewarden.detector.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
  private static final Map<String, String> KEY = Map.of("model", "abc", "gpu", "X 1");

  @TempDir Path folder;
  private BuildCache files;

  @BeforeEach
  void open() {
    files = new BuildCache(folder.resolve("cache"), ".plan");
  }

  @Test
  void givesBackWhatWasStored() throws Exception {
    assertEquals(Optional.empty(), files.find("b8", KEY));

    Path stored = store("plan");

    assertEquals(Optional.of(stored), files.find("b8", KEY));
    assertEquals("plan", Files.readString(stored));
    assertTrue(stored.getFileName().toString().matches("b8-[0-9a-f]{16}\\.plan"), stored::toString);
  }

  @Test
  void anotherKeyIsAnotherFile() throws Exception {
    store("plan");

    assertEquals(Optional.empty(), files.find("b8", Map.of("model", "abc", "gpu", "X 2")));
    assertEquals(Optional.empty(), files.find("b8", Map.of("model", "abc")));
  }

  @Test
  void aFileWithAnotherKeyInItsSidecarIsNotUsed() throws Exception {
    Path sidecar = BuildCache.sidecar(store("plan"));
    Files.writeString(sidecar, Files.readString(sidecar).replace("X 1", "X 2"));

    assertEquals(Optional.empty(), files.find("b8", KEY));
  }

  @Test
  void aFileWithABrokenSidecarIsNotUsed() throws Exception {
    Path sidecar = BuildCache.sidecar(store("plan"));
    for (String content : new String[] {"", "{", "[]", "null", "{\"key\": 1}"}) {
      Files.writeString(sidecar, content);
      assertEquals(Optional.empty(), files.find("b8", KEY), content);
    }
    Files.delete(sidecar);
    assertEquals(Optional.empty(), files.find("b8", KEY));
  }

  @Test
  void aChangedFileIsNotUsed() throws Exception {
    Path stored = store("plan");
    Files.writeString(stored, "plam");

    assertEquals(Optional.empty(), files.find("b8", KEY));

    store("new plan");
    assertEquals("new plan", Files.readString(files.find("b8", KEY).orElseThrow()));
  }

  @Test
  void aFailedWriterLeavesTheOldFileAndNothingElse() throws Exception {
    Path stored = store("plan");

    assertThrows(
        IOException.class,
        () ->
            files.store(
                "b8",
                KEY,
                target -> {
                  Files.writeString(target, "half");
                  throw new IOException("disk full");
                }));

    assertEquals(Optional.of(stored), files.find("b8", KEY));
    try (Stream<Path> left = Files.list(files.folder())) {
      assertEquals(2, left.count());
    }
  }

  private Path store(String content) throws IOException {
    return files.store("b8", KEY, target -> Files.writeString(target, content));
  }
}
