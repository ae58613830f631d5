package io.framewarden.ingest.publish;

import io.framewarden.ingest.extract.SamplingPolicy;
import io.framewarden.ingest.face.FaceDetectorConfig;
import io.framewarden.ingest.ffmpeg.DecodeLimits;
import io.framewarden.ingest.ffmpeg.DecodeOptions;
import io.framewarden.ingest.ffmpeg.Hardware;
import io.framewarden.ingest.pace.PaceConfig;
import io.framewarden.ingest.sandbox.SandboxConfig;
import io.framewarden.runtime.config.Settings;
import java.time.Duration;

/**
 * How ingest works.
 *
 * @param sampling which pictures are looked at
 * @param decoding limits and threads of the decoder
 * @param detector which face detector
 * @param workers videos extracted at the same time
 * @param sandbox where videos are decoded, and what confines that
 * @param instance a name that a process keeps over its restarts; empty for none
 * @param pace when extraction waits for the scorers
 * @param shutdownGrace how long videos in work may go on when the service is told to stop
 */
public record IngestConfig(
    SamplingPolicy sampling,
    DecodeOptions decoding,
    FaceDetectorConfig detector,
    int workers,
    SandboxConfig sandbox,
    PaceConfig pace,
    String instance,
    Duration shutdownGrace) {
  /** Pictures a second ("4", "2.5"), or "all"; default 4. */
  public static final String SAMPLING = "FRAMEWARDEN_SAMPLING";

  /** Videos extracted at the same time, 1 to 64; default 1. */
  public static final String WORKERS = "FRAMEWARDEN_INGEST_WORKERS";

  /** Decoder threads per video, 1 to 16; default 2. */
  public static final String DECODER_THREADS = "FRAMEWARDEN_DECODER_THREADS";

  /** none (default) or nvdec: what decodes. */
  public static final String HARDWARE = "FRAMEWARDEN_DECODER_HARDWARE";

  /**
   * Keeps a process's place in the consumer group over a restart. Of one process at a time; default
   * none.
   */
  public static final String INSTANCE = "FRAMEWARDEN_INGEST_INSTANCE";

  /** At most 40s, for the process ends after a minute in any case; default 20s. */
  public static final String SHUTDOWN_GRACE = "FRAMEWARDEN_INGEST_SHUTDOWN_GRACE";

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(20);
  private static final Duration MOST_GRACE = Duration.ofSeconds(40);

  public static IngestConfig defaults() {
    return new IngestConfig(
        SamplingPolicy.defaults(),
        DecodeOptions.defaults(),
        FaceDetectorConfig.defaults(),
        1,
        SandboxConfig.defaults(),
        PaceConfig.defaults(),
        "",
        DEFAULT_GRACE);
  }

  public static IngestConfig from(Settings settings) {
    IngestConfig otherwise = defaults();
    int workers = settings.integer(WORKERS, otherwise.workers, 1, 64);
    return new IngestConfig(
        sampling(settings, otherwise.sampling),
        new DecodeOptions(
            DecodeLimits.from(settings),
            settings.integer(DECODER_THREADS, otherwise.decoding.threads(), 1, 16),
            settings.choice(HARDWARE, otherwise.decoding.hardware(), Hardware.class)),
        FaceDetectorConfig.from(settings)
            .sized(Runtime.getRuntime().availableProcessors(), workers),
        workers,
        SandboxConfig.from(settings),
        PaceConfig.from(settings),
        settings.text(INSTANCE, ""),
        grace(settings));
  }

  private static Duration grace(Settings settings) {
    Duration given = settings.duration(SHUTDOWN_GRACE, DEFAULT_GRACE);
    if (given.compareTo(MOST_GRACE) > 0) {
      settings.problem(SHUTDOWN_GRACE + " is " + given + "; it can be 40s at most");
      return DEFAULT_GRACE;
    }
    return given;
  }

  private static SamplingPolicy sampling(Settings settings, SamplingPolicy otherwise) {
    try {
      return SamplingPolicy.parse(settings.text(SAMPLING, "4"));
    } catch (IllegalArgumentException e) {
      settings.problem(SAMPLING + ": " + e.getMessage());
      return otherwise;
    }
  }
}
