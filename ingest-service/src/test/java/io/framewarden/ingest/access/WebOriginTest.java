package io.framewarden.ingest.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {
  @ParameterizedTest
  @CsvSource({
    "https://www.example.com,https://www.example.com",
    "HTTPS://WWW.Example.com,https://www.example.com",
    "https://example.com:443,https://example.com",
    "http://example.com:80,http://example.com",
    "http://localhost:3000,http://localhost:3000",
    "https://example.com:80,https://example.com:80",
    "http://[::1]:8080,http://[::1]:8080",
    "capacitor://localhost,capacitor://localhost"
  })
  void anOriginIsWrittenAsBrowsersDo(String given, String origin) {
    assertEquals(Optional.of(origin), WebOrigin.of(given));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "example.com",
        "https://",
        "https://example.com/",
        "https://example.com/app",
        "https://*.example.com",
        "https://me@example.com",
        "https://example.com?x",
        "https://a b"
      })
  void anythingElseIsAMistake(String given) {
    assertEquals(Optional.empty(), WebOrigin.of(given));
    Settings settings = new Settings(Map.of(AccessConfig.ORIGINS, "https://a.test, " + given));
    assertEquals(Set.of("https://a.test"), AccessConfig.from(settings).origins());
    String message =
        assertThrows(InvalidConfigurationException.class, settings::check).getMessage();
    assertTrue(message.contains(AccessConfig.ORIGINS + " has " + given), message);
  }

  @Test
  void noneIsAllowedByDefault() {
    assertEquals(Set.of(), AccessConfig.from(new Settings(Map.of())).origins());
  }
}
