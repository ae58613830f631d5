package io.framewarden.ingest.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** So many a minute of each submitter, as a token bucket that holds a minute's worth. */
public final class RateLimit {
  private static final int MAX_BUCKETS = 10_000;
  private static final double MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final class Bucket {
    private double left;
    private long seen;
  }

  private final int perMinute;
  private final LongSupplier clock;
  private final Map<String, Bucket> buckets = new HashMap<>();

  /**
   * @param perMinute 0 for no limit
   * @param clock nanoseconds, as of {@link System#nanoTime()}
   */
  public RateLimit(int perMinute, LongSupplier clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** Takes one; where there is none left, says how long until there is. */
  public synchronized Optional<Duration> take(String submitter) {
    if (perMinute == 0) {
      return Optional.empty();
    }
    long now = clock.getAsLong();
    if (buckets.size() >= MAX_BUCKETS) {
      // Only full buckets may go: they say nothing that a new one would not.
      buckets.values().removeIf(bucket -> filled(bucket, now) >= perMinute);
    }
    Bucket bucket = buckets.computeIfAbsent(submitter, name -> full(now));
    bucket.left = filled(bucket, now);
    bucket.seen = now;
    if (bucket.left >= 1) {
      bucket.left--;
      return Optional.empty();
    }
    double wait = (1 - bucket.left) * MINUTE_NANOS / perMinute;
    return Optional.of(Duration.ofNanos((long) Math.ceil(wait)));
  }

  private Bucket full(long now) {
    Bucket bucket = new Bucket();
    bucket.left = perMinute;
    bucket.seen = now;
    return bucket;
  }

  private double filled(Bucket bucket, long now) {
    return Math.min(perMinute, bucket.left + (now - bucket.seen) / MINUTE_NANOS * perMinute);
  }
}
