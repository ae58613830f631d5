package io.framewarden.ingest.pace;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * When extraction waits for the scorers.
 *
 * @param threshold the part of what face-frames retains, by bytes and by age, that may wait for the
 *     scorers; 0 stands for any amount
 * @param every how often it is measured
 */
public record ThrottleConfig(double threshold, Duration every) {
  @ConfigDescription(
      "Extraction pauses while more than this share of what face-frames retains waits for the"
          + " scorers; 0 for never.")
  public static final String THRESHOLD = "FRAMEWARDEN_SCORER_LAG_THRESHOLD";

  @ConfigDescription("How often the lag of the scorers is measured, at least 100ms.")
  public static final String EVERY = "FRAMEWARDEN_SCORER_LAG_EVERY";

  private static final Duration LEAST = Duration.ofMillis(100);

  public static ThrottleConfig defaults() {
    return new ThrottleConfig(0.5, Duration.ofSeconds(2));
  }

  public static ThrottleConfig from(Settings settings) {
    ThrottleConfig otherwise = defaults();
    Duration every = settings.duration(EVERY, otherwise.every);
    if (every.compareTo(LEAST) < 0) {
      settings.problem(EVERY + " is " + every + "; it is at least 100ms");
    }
    return new ThrottleConfig(settings.number(THRESHOLD, otherwise.threshold, 0, 0.9), every);
  }

  /** Whether extraction ever waits. */
  public boolean isOn() {
    return threshold > 0;
  }
}
