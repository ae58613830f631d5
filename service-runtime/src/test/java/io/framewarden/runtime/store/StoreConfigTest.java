package io.framewarden.runtime.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreConfigTest {

  @Test
  void defaults() {
    StoreConfig config = StoreConfig.from(new Settings(Map.of()));
    assertEquals("data/objects", config.where());
    assertEquals("", config.endpoint());
    assertEquals("", config.region());
    assertFalse(config.pathStyle());
    assertEquals(Duration.ofHours(24), config.staleAfter());
    assertEquals(256 << 20, config.minFreeBytes());
    assertTrue(config.work().getFileName().toString().startsWith("framewarden-store-"));
  }

  @Test
  void everyVariable() {
    Settings settings =
        new Settings(
            Map.of(
                "FRAMEWARDEN_STORE", "s3://bucket/prefix",
                "FRAMEWARDEN_STORE_ENDPOINT", "http://minio:9000",
                "FRAMEWARDEN_STORE_REGION", "eu-west-1",
                "FRAMEWARDEN_STORE_PATH_STYLE", "false",
                "FRAMEWARDEN_STORE_WORK_DIR", "/work",
                "FRAMEWARDEN_STORE_STALE_AFTER", "2h",
                "FRAMEWARDEN_STORE_MIN_FREE_MB", "7"));
    StoreConfig config = StoreConfig.from(settings);
    settings.check();
    assertEquals(
        new StoreConfig(
            "s3://bucket/prefix",
            "http://minio:9000",
            "eu-west-1",
            false,
            Path.of("/work"),
            Duration.ofHours(2),
            7 << 20),
        config);
  }

  @Test
  void anEndpointIsMostlyAServerThatWantsThePathStyle() {
    Map<String, String> variables = Map.of("FRAMEWARDEN_STORE_ENDPOINT", "http://minio:9000");
    assertTrue(StoreConfig.from(new Settings(variables)).pathStyle());
  }

  @Test
  void badValuesAreToldAllAtOnceAndPasswordsNotAtAll() {
    Settings settings =
        new Settings(
            Map.of(
                "FRAMEWARDEN_STORE", "s3://BAD",
                "FRAMEWARDEN_STORE_ENDPOINT", "http://user:hunter2@minio:9000",
                "FRAMEWARDEN_STORE_PATH_STYLE", "perhaps",
                "FRAMEWARDEN_STORE_STALE_AFTER", "1m",
                "FRAMEWARDEN_STORE_SECRET_KEY", "hunter2"));
    StoreConfig.from(settings);
    String told = assertThrows(InvalidConfigurationException.class, settings::check).getMessage();
    assertTrue(told.contains("5 problem(s)"), told);
    assertFalse(told.contains("hunter2"), told);
  }
}
