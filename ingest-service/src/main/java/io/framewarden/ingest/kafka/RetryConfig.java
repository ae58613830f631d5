package io.framewarden.ingest.kafka;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * When an extraction is tried again that failed for a reason that is not the video's.
 *
 * @param tries how often; 0 for never
 * @param first how long to wait before the first; each further wait is three times as long...
 * @param longest ...up to this
 */
public record RetryConfig(int tries, Duration first, Duration longest) {
  @ConfigDescription(
      "How often an extraction that failed for a reason that is not the video's is tried again by"
          + " itself, after fresh uploads; 0 for never.")
  public static final String TRIES = "FRAMEWARDEN_EXTRACTION_RETRIES";

  @ConfigDescription(
      "Time before the first of these tries, at least 1s; each further one comes after three times"
          + " as long...")
  public static final String FIRST = "FRAMEWARDEN_EXTRACTION_RETRY_AFTER";

  @ConfigDescription(
      "...up to this. All waits together are 6 days at most: uploads are remembered for 7.")
  public static final String LONGEST = "FRAMEWARDEN_EXTRACTION_RETRY_MAX";

  private static final int FACTOR = 3;
  private static final Duration MIN_FIRST = Duration.ofSeconds(1);

  /** Shorter than uploads are kept on their topic. */
  private static final Duration MAX_WAIT = Duration.ofDays(6);

  /** Within a day. */
  public static RetryConfig defaults() {
    return new RetryConfig(6, Duration.ofMinutes(5), Duration.ofHours(12));
  }

  public static RetryConfig from(Settings settings) {
    RetryConfig otherwise = defaults();
    RetryConfig config =
        new RetryConfig(
            settings.integer(TRIES, otherwise.tries, 0, 20),
            settings.duration(FIRST, otherwise.first),
            settings.duration(LONGEST, otherwise.longest));
    if (config.first.compareTo(MIN_FIRST) < 0) {
      settings.problem(FIRST + " is " + config.first + "; it is at least 1s");
    } else if (config.longest.compareTo(config.first) < 0) {
      settings.problem(
          LONGEST + " is " + config.longest + ", less than " + FIRST + " " + config.first);
    } else if (config.longestWait().compareTo(MAX_WAIT) > 0) {
      settings.problem(
          "%s, %s and %s make a video wait %s, longer than %s: its upload would be forgotten"
              .formatted(TRIES, FIRST, LONGEST, config.longestWait(), MAX_WAIT));
    }
    return config;
  }

  private Duration longestWait() {
    return IntStream.rangeClosed(1, tries)
        .mapToObj(this::waitAfter)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * Whether there is another try.
   *
   * @param failed how often the extraction has failed
   */
  boolean isLeft(int failed) {
    return failed <= tries;
  }

  /**
   * The wait before the next try.
   *
   * @param failed how often the extraction has failed, at least 1
   */
  Duration waitAfter(int failed) {
    Duration wait = first;
    for (int i = 1; i < failed && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(FACTOR);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
