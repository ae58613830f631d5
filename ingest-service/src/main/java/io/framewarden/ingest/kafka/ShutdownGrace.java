package io.framewarden.ingest.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The time that videos in work have to end by themselves once the service is told to stop; all
 * workers share it. Safe for several threads.
 */
final class ShutdownGrace {
  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final Duration time;
  private final LongSupplier clock;
  private final AtomicLong deadline = new AtomicLong(NOT_BEGUN);

  ShutdownGrace(Duration time) {
    this(time, System::nanoTime);
  }

  ShutdownGrace(Duration time, LongSupplier clock) {
    this.time = time;
    this.clock = clock;
  }

  /** From here on no video is begun. */
  void begin() {
    deadline.compareAndSet(NOT_BEGUN, clock.getAsLong() + time.toNanos());
  }

  boolean hasBegun() {
    return deadline.get() != NOT_BEGUN;
  }

  /** What is left of it: all of it before it has begun, 0 when it is over. */
  long remainingNanos() {
    return hasBegun() ? Math.max(0, deadline.get() - clock.getAsLong()) : time.toNanos();
  }
}
