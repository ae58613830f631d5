package io.framewarden.ingest.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long now = 7;
  private final RateLimit limit = new RateLimit(60, () -> now);

  @Test
  void aMinutesWorthAtOnceThenOneASecond() {
    for (int i = 0; i < 60; i++) {
      assertEquals(Optional.empty(), limit.take("a"));
    }
    assertEquals(1000, limit.take("a").orElseThrow().toMillis(), 1);
    assertEquals(Optional.empty(), limit.take("b"));
    now += TimeUnit.MILLISECONDS.toNanos(500);
    assertEquals(500, limit.take("a").orElseThrow().toMillis(), 1);
    now += TimeUnit.MILLISECONDS.toNanos(501);
    assertEquals(Optional.empty(), limit.take("a"));
    assertTrue(limit.take("a").isPresent());
    now += Duration.ofDays(1).toNanos();
    for (int i = 0; i < 60; i++) {
      assertEquals(Optional.empty(), limit.take("a"));
    }
    assertTrue(limit.take("a").isPresent());
  }

  @Test
  void noneIsNoLimit() {
    RateLimit none = new RateLimit(0, () -> now);
    for (int i = 0; i < 1000; i++) {
      assertEquals(Optional.empty(), none.take("a"));
    }
  }
}
