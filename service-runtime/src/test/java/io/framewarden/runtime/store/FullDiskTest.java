package io.framewarden.runtime.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store on a disk that really gets full. */
class FullDiskTest {
  private static final int LARGE = 8 << 20;

  @RegisterExtension final SmallDisk small = new SmallDisk();

  @Test
  void aFullDiskIsToldApartLeavesNothingAndRecovers() throws IOException {
    try (ObjectStore store = new FileObjectStore(small.path().resolve("objects"))) {
      StoreFullException told =
          assertThrows(StoreFullException.class, () -> store.put("large", new Noise(LARGE), LARGE));
      assertTrue(told.getMessage().contains("make room"), told.getMessage());
      try (Stream<Path> files = Files.walk(small.path())) {
        assertEquals(
            0, files.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")).count());
      }
      assertEquals(1 << 20, store.put("small", new Noise(1 << 20), LARGE).bytes());
    }
  }

  @Test
  void theReserveIsKept() throws IOException {
    try (ObjectStore store = new FileObjectStore(small.path(), 3 << 20, Duration.ofDays(1))) {
      assertThrows(StoreFullException.class, () -> store.put("large", new Noise(2 << 20), LARGE));
      store.put("small", new Noise((1 << 20) + 1), LARGE);
      assertThrows(StoreFullException.class, () -> store.put("next", new Noise(1), LARGE));
      store.delete(store.uri("small"));
      store.put("next", new Noise(1), LARGE);
    }
  }
}
