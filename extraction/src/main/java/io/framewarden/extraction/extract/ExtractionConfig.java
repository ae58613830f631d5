package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;

/**
 * How faces are extracted, in a service and for the trainer alike.
 *
 * @param sampling which frames are sampled
 * @param decoding limits and threads of the decoder
 * @param detector which face detector
 */
public record ExtractionConfig(
    SamplingPolicy sampling, DecodeOptions decoding, FaceDetectorConfig detector) {
  @ConfigDescription(
      "Frames that are searched for faces: a number a second (at least 32 of a short clip), or"
          + " all.")
  public static final String SAMPLING = "FRAMEWARDEN_SAMPLING";

  @ConfigDescription("Decoder threads of a video.")
  public static final String DECODER_THREADS = "FRAMEWARDEN_DECODER_THREADS";

  @ConfigDescription("nvdec decodes on NVIDIA GPUs where that is possible.")
  public static final String HARDWARE = "FRAMEWARDEN_DECODER_HARDWARE";

  private static final String[] PREFIXES = {
    SAMPLING, "FRAMEWARDEN_FACE_", "FRAMEWARDEN_VIDEO_", DECODER_THREADS, HARDWARE
  };

  /** The prefixes of the names of the extraction's variables. */
  public static String[] prefixes() {
    return PREFIXES.clone();
  }

  /** The configuration where no variable is set. */
  public static ExtractionConfig defaults() {
    return new ExtractionConfig(
        SamplingPolicy.defaults(), DecodeOptions.defaults(), FaceDetectorConfig.defaults());
  }

  /**
   * Reads the variables of the extraction.
   *
   * @param workers videos that are extracted at the same time and share the processors, at least 1
   */
  public static ExtractionConfig from(Settings settings, int workers) {
    ExtractionConfig defaults = defaults();
    return new ExtractionConfig(
        sampling(settings, defaults.sampling),
        new DecodeOptions(
            DecodeLimits.from(settings),
            settings.integer(DECODER_THREADS, defaults.decoding.threads(), 1, 16),
            settings.choice(HARDWARE, defaults.decoding.hardware(), HardwareDecoder.class)),
        FaceDetectorConfig.from(settings)
            .withThreadsFor(Runtime.getRuntime().availableProcessors(), workers));
  }

  private static SamplingPolicy sampling(Settings settings, SamplingPolicy defaults) {
    try {
      return SamplingPolicy.parse(settings.text(SAMPLING, "4"));
    } catch (IllegalArgumentException e) {
      settings.problem(SAMPLING + ": " + e.getMessage());
      return defaults;
    }
  }
}
