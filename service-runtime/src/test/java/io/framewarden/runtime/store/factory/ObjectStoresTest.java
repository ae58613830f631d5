package io.framewarden.runtime.store.factory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.runtime.store.StoreConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoresTest {
  @TempDir Path folder;

  @Test
  void aPathAndItsUriAreTheSameStore() throws IOException {
    Path objects = folder.resolve("objects");
    assertEquals(uriIn(objects.toString()), uriIn(objects.toUri().toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file://host/x",
        "s3:bucket",
        "s3:///prefix",
        "s3://Bucket",
        "s3://user@bucket",
        "s3://bucket:80",
        "s3://bucket/../up",
        "s3://bucket/a b",
        "s3://bucket//"
      })
  void whatIsNoStoreIsSaidWithWhatWouldBe(String where) {
    String told = assertThrows(IllegalArgumentException.class, () -> uriIn(where)).getMessage();
    assertTrue(told.contains(where) && told.contains("such as"), told);
  }

  private static URI uriIn(String where) throws IOException {
    try (ObjectStore store =
        ObjectStores.open(StoreConfig.from(new Settings(Map.of())).at(where))) {
      return store.uri("k");
    }
  }
}
