package io.framewarden.runtime.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 4 MiB that really gets full, where this user may mount one. */
class FullDiskTest {
  private static final int LARGE = 8 << 20;

  @TempDir Path temp;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "framewarden-test", disk.toString());
    assumeTrue(mounted, "this user may not mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertTrue(run("umount", disk.toString()));
    }
  }

  @Test
  void aFullDiskIsToldApartLeavesNothingAndRecovers() throws IOException {
    try (ObjectStore store = new FileObjectStore(disk.resolve("objects"))) {
      StoreFullException told =
          assertThrows(StoreFullException.class, () -> store.put("large", new Noise(LARGE), LARGE));
      assertTrue(told.getMessage().contains("make room"), told.getMessage());
      try (Stream<Path> files = Files.walk(disk)) {
        assertEquals(
            0, files.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).count());
      }
      assertEquals(1 << 20, store.put("small", new Noise(1 << 20), LARGE).bytes());
    }
  }

  @Test
  void theReserveIsKept() throws IOException {
    try (ObjectStore store = new FileObjectStore(disk, 3 << 20, Duration.ofDays(1))) {
      store.put("small", new Noise(2 << 20), LARGE);
      assertThrows(StoreFullException.class, () -> store.put("next", new Noise(1), LARGE));
      store.delete(store.uri("small"));
      store.put("next", new Noise(1), LARGE);
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) { // no such program here
      return false;
    }
  }
}
