package io.framewarden.detector.verdict;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * When verdicts are emitted, by the wall clock.
 *
 * @param provisionalDelay from the first score of a video to its first provisional verdict
 * @param provisionalInterval minimum time between two provisional verdicts of a video, and between
 *     two revisions of an incomplete one
 * @param deadline from the marker to the final verdict, however many frames are missing
 * @param retention how long a video is remembered after its last event; longer than its scores and
 *     marker stay on their topics (7 days), so that none can come back to a video that is forgotten
 */
public record VerdictTimings(
    Duration provisionalDelay,
    Duration provisionalInterval,
    Duration deadline,
    Duration retention) {

  @ConfigDescription("Time from a video's first score to its first provisional verdict.")
  public static final String PROVISIONAL_DELAY = "FRAMEWARDEN_VERDICT_PROVISIONAL_DELAY";

  @ConfigDescription(
      "Shortest time between two provisional verdicts of a video, and between two revisions of an"
          + " incomplete one.")
  public static final String PROVISIONAL_INTERVAL = "FRAMEWARDEN_VERDICT_PROVISIONAL_INTERVAL";

  @ConfigDescription(
      "Time from the marker to the final verdict; if face frames are missing then, it is"
          + " INCOMPLETE.")
  public static final String DEADLINE = "FRAMEWARDEN_VERDICT_DEADLINE";

  @ConfigDescription(
      "How long a video's state is kept after its last event; longer than its scores and marker"
          + " stay on their topics (7 days).")
  public static final String RETENTION = "FRAMEWARDEN_VERDICT_RETENTION";

  /** Reads the timings; bad values are reported to the settings. */
  public static VerdictTimings from(Settings settings) {
    VerdictTimings timings =
        new VerdictTimings(
            settings.duration(PROVISIONAL_DELAY, Duration.ofMillis(500)),
            settings.duration(PROVISIONAL_INTERVAL, Duration.ofSeconds(2)),
            settings.duration(DEADLINE, Duration.ofMinutes(15)),
            settings.duration(RETENTION, Duration.ofDays(8)));
    if (timings.retention().compareTo(timings.deadline()) <= 0) {
      settings.problem(
          RETENTION
              + " is "
              + timings.retention()
              + ", which is not longer than "
              + DEADLINE
              + " "
              + timings.deadline()
              + ": a video would be forgotten before its verdict");
    }
    return timings;
  }
}
