package io.framewarden.ingest.kafka;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * The workers of an ingest process.
 *
 * @param count videos extracted at the same time
 * @param instance a name that a process keeps over its restarts; empty for none
 * @param shutdownGrace how long videos in work may go on when the service is told to stop
 */
public record WorkerConfig(int count, String instance, Duration shutdownGrace) {
  @ConfigDescription("Videos extracted at the same time.")
  public static final String WORKERS = "FRAMEWARDEN_INGEST_WORKERS";

  @ConfigDescription(
      "A lasting name of this process, unique in the consumer group: after a restart it takes over"
          + " its partitions at once.")
  public static final String INSTANCE = "FRAMEWARDEN_INGEST_INSTANCE";

  @ConfigDescription("How long videos in work may go on after SIGTERM, at most 40s.")
  public static final String SHUTDOWN_GRACE = "FRAMEWARDEN_INGEST_SHUTDOWN_GRACE";

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(20);
  private static final Duration MAX_GRACE = Duration.ofSeconds(40);

  public static WorkerConfig defaults() {
    return new WorkerConfig(1, "", DEFAULT_GRACE);
  }

  public static WorkerConfig from(Settings settings) {
    return new WorkerConfig(
        settings.integer(WORKERS, defaults().count, 1, 64),
        settings.text(INSTANCE, ""),
        grace(settings));
  }

  private static Duration grace(Settings settings) {
    Duration given = settings.duration(SHUTDOWN_GRACE, DEFAULT_GRACE);
    if (given.compareTo(MAX_GRACE) > 0) {
      settings.problem(SHUTDOWN_GRACE + " is " + given + "; it can be 40s at most");
      return DEFAULT_GRACE;
    }
    return given;
  }
}
