package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.HardwareDecoder;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import io.framewarden.schemas.model.InvalidArtifactException;
import io.framewarden.schemas.model.ModelArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How faces are extracted, in a service and for the trainer alike.
 *
 * @param sampling which frames are sampled
 * @param decoding limits and threads of the decoder
 * @param detector which face detector
 * @param faces what face frames look like
 */
public record ExtractionConfig(
    SamplingPolicy sampling, DecodeOptions decoding, FaceDetectorConfig detector, FaceSpec faces) {
  @ConfigDescription(
      "Frames that are searched for faces: a number a second (at least 32 of a short clip), or"
          + " all.")
  public static final String SAMPLING = "FRAMEWARDEN_SAMPLING";

  @ConfigDescription("Decoder threads of a video.")
  public static final String DECODER_THREADS = "FRAMEWARDEN_DECODER_THREADS";

  @ConfigDescription("nvdec decodes on NVIDIA GPUs where that is possible.")
  public static final String HARDWARE = "FRAMEWARDEN_DECODER_HARDWARE";

  @ConfigDescription(
      value =
          "A model's artifact folder, or its manifest.json: faces get the crop, side and pixel"
              + " format that it asks for.",
      byDefault = "gray faces of 224x224; framewarden moderate and serve: the model's")
  public static final String FOR_MODEL = "FRAMEWARDEN_FACE_FOR_MODEL";

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
        SamplingPolicy.defaults(),
        DecodeOptions.defaults(),
        FaceDetectorConfig.defaults(),
        FaceSpec.defaults());
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
            .withThreadsFor(Runtime.getRuntime().availableProcessors(), workers),
        settings.path(FOR_MODEL).map(model -> faces(settings, model)).orElse(defaults.faces));
  }

  /** This configuration with another way of decoding. */
  public ExtractionConfig withDecoding(DecodeOptions other) {
    return new ExtractionConfig(sampling, other, detector, faces);
  }

  /** This configuration with another face detector. */
  public ExtractionConfig withDetector(FaceDetectorConfig other) {
    return new ExtractionConfig(sampling, decoding, other, faces);
  }

  private static FaceSpec faces(Settings settings, Path model) {
    Path manifest = Files.isDirectory(model) ? model.resolve(ModelArtifact.MANIFEST) : model;
    try {
      return FaceSpec.of(
          ModelArtifact.readManifest(manifest.toString(), Files.readAllBytes(manifest)));
    } catch (IOException e) {
      settings.problem(FOR_MODEL + ": " + manifest + " cannot be read: " + e);
    } catch (InvalidArtifactException | IllegalArgumentException e) {
      settings.problem(FOR_MODEL + ": " + model + ": " + e.getMessage());
    }
    return FaceSpec.defaults();
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
