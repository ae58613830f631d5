package io.framewarden.ingest.kafka;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.ingest.pace.ThrottleConfig;
import io.framewarden.ingest.sandbox.SandboxConfig;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * How ingest works.
 *
 * @param extraction sampling, decoder and face detector
 * @param workers videos extracted at the same time
 * @param sandbox where videos are decoded, and what confines that
 * @param instance a name that a process keeps over its restarts; empty for none
 * @param pace when extraction waits for the scorers
 * @param shutdownGrace how long videos in work may go on when the service is told to stop
 */
public record IngestConfig(
    ExtractionConfig extraction,
    int workers,
    SandboxConfig sandbox,
    ThrottleConfig pace,
    String instance,
    Duration shutdownGrace) {
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

  public static IngestConfig defaults() {
    return new IngestConfig(
        ExtractionConfig.defaults(),
        1,
        SandboxConfig.defaults(),
        ThrottleConfig.defaults(),
        "",
        DEFAULT_GRACE);
  }

  public static IngestConfig from(Settings settings) {
    IngestConfig otherwise = defaults();
    int workers = settings.integer(WORKERS, otherwise.workers, 1, 64);
    return new IngestConfig(
        ExtractionConfig.from(settings, workers),
        workers,
        SandboxConfig.from(settings),
        ThrottleConfig.from(settings),
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
