package io.framewarden.runtime.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoresTest {
  @TempDir Path folder;

  @Test
  void aPathAndItsUriAreTheSameStore() throws Exception {
    Path objects = folder.resolve("objects");
    assertEquals(
        ObjectStores.open(objects.toString()).uri("k"),
        ObjectStores.open(objects.toUri().toString()).uri("k"));
  }

  @Test
  void whatIsNotSupportedIsSaidWithWhatIs() {
    String s3 =
        assertThrows(IllegalArgumentException.class, () -> ObjectStores.open("s3://bucket/models"))
            .getMessage();
    assertTrue(s3.contains("s3://bucket/models") && s3.contains("file:"), s3);
    assertThrows(IllegalArgumentException.class, () -> ObjectStores.open("file://host/x"));
  }
}
