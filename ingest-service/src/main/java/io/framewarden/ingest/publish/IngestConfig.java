package io.framewarden.ingest.publish;

import io.framewarden.ingest.extract.SamplingPolicy;
import io.framewarden.ingest.face.FaceDetectorConfig;
import io.framewarden.ingest.ffmpeg.DecodeLimits;
import io.framewarden.ingest.ffmpeg.DecodeOptions;
import io.framewarden.ingest.ffmpeg.Hardware;
import io.framewarden.ingest.sandbox.SandboxConfig;
import io.framewarden.runtime.config.Settings;

/**
 * How ingest works.
 *
 * @param sampling which pictures are looked at
 * @param decoding limits and threads of the decoder
 * @param detector which face detector
 * @param workers videos extracted at the same time
 * @param sandbox where videos are decoded, and what confines that
 */
public record IngestConfig(
    SamplingPolicy sampling,
    DecodeOptions decoding,
    FaceDetectorConfig detector,
    int workers,
    SandboxConfig sandbox) {
  /** Pictures a second ("4", "2.5"), or "all"; default 4. */
  public static final String SAMPLING = "FRAMEWARDEN_SAMPLING";

  /** Videos extracted at the same time, 1 to 64; default 1. */
  public static final String WORKERS = "FRAMEWARDEN_INGEST_WORKERS";

  /** Decoder threads per video, 1 to 16; default 2. */
  public static final String DECODER_THREADS = "FRAMEWARDEN_DECODER_THREADS";

  /** none (default) or nvdec: what decodes. */
  public static final String HARDWARE = "FRAMEWARDEN_DECODER_HARDWARE";

  public static IngestConfig defaults() {
    return new IngestConfig(
        SamplingPolicy.defaults(),
        DecodeOptions.defaults(),
        FaceDetectorConfig.defaults(),
        1,
        SandboxConfig.defaults());
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
        SandboxConfig.from(settings));
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
