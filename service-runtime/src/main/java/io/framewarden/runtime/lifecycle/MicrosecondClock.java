package io.framewarden.runtime.lifecycle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the messages carry them: microseconds since the epoch. */
public final class MicrosecondClock {
  private MicrosecondClock() {}

  /** The time now, as far as the system's clock resolves it. */
  public static long now() {
    return of(Instant.now());
  }

  /** A time as microseconds since the epoch. */
  public static long of(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
