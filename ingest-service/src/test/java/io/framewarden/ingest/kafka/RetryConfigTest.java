package io.framewarden.ingest.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryConfigTest {
  @Test
  void waitsGrowUpToTheLongest() {
    RetryConfig config = RetryConfig.from(new Settings(Map.of()));
    assertEquals(RetryConfig.defaults(), config);
    assertEquals(
        List.of(5L, 15L, 45L, 135L, 405L, 720L),
        IntStream.rangeClosed(1, 6).mapToObj(i -> config.waitAfter(i).toMinutes()).toList());
    assertTrue(config.isLeft(6));
    assertFalse(config.isLeft(7));
  }

  @Test
  void readsItsVariables() {
    RetryConfig config =
        from(
            Map.of(
                "FRAMEWARDEN_EXTRACTION_RETRIES", "0",
                "FRAMEWARDEN_EXTRACTION_RETRY_AFTER", "1s",
                "FRAMEWARDEN_EXTRACTION_RETRY_MAX", "2s"));
    assertEquals(new RetryConfig(0, Duration.ofSeconds(1), Duration.ofSeconds(2)), config);
    assertFalse(config.isLeft(1));
    assertEquals(Duration.ofSeconds(2), config.waitAfter(2));
  }

  @Test
  void refusesTimesThatCannotBeKept() {
    for (Map<String, String> bad :
        List.of(
            Map.of(RetryConfig.FIRST, "0s"),
            Map.of(RetryConfig.LONGEST, "24h", RetryConfig.TRIES, "20"),
            Map.of(RetryConfig.LONGEST, "1m"),
            Map.of(RetryConfig.TRIES, "-1"))) {
      assertThrows(InvalidConfigurationException.class, () -> from(bad), bad.toString());
    }
  }

  private static RetryConfig from(Map<String, String> variables) {
    Settings settings = new Settings(variables);
    RetryConfig config = RetryConfig.from(settings);
    settings.check();
    return config;
  }
}
