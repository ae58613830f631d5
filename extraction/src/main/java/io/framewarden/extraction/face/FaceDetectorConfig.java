package io.framewarden.extraction.face;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Which face detector, and how it is set.
 *
 * @param kind the detector
 * @param model YuNet's .onnx file or MTCNN's folder; empty for the cascade
 * @param minSize faces narrower than this many source pixels are not looked for
 * @param minConfidence faces below this confidence are dropped, 0 to 1
 * @param longSide the frame is reduced to at most this many pixels along its longer side before
 *     detection; boxes and landmarks still come in source pixels
 * @param threads frames of one video that are searched at the same time; 0 stands for as many as
 *     the processors allow
 * @param every each so many sampled frames one is searched, and faces between are interpolated
 *     ({@link FaceInterpolation}); 1 searches all
 * @param ignoreUnder faces narrower than so many source pixels are found, counted and left out; 0
 *     for none. Unlike {@code minSize} it changes neither what detectors do nor the recipe
 */
public record FaceDetectorConfig(
    FaceDetectorKind kind,
    Optional<Path> model,
    int minSize,
    double minConfidence,
    int longSide,
    int threads,
    int every,
    int ignoreUnder) {
  @ConfigDescription("Face detector.")
  public static final String DETECTOR = "FRAMEWARDEN_FACE_DETECTOR";

  @ConfigDescription(
      "Weights of the face detector: an .onnx file for yunet, a folder with pnet.onnx, rnet.onnx"
          + " and onet.onnx for mtcnn.")
  public static final String MODEL = "FRAMEWARDEN_FACE_MODEL";

  @ConfigDescription("Narrowest face that is searched for, in pixels of the frame.")
  public static final String MIN_SIZE = "FRAMEWARDEN_FACE_MIN_SIZE";

  @ConfigDescription(
      value = "Detections below this confidence are dropped.",
      byDefault = "0.5 cascade, 0.6 yunet, 0.7 mtcnn")
  public static final String MIN_CONFIDENCE = "FRAMEWARDEN_FACE_MIN_CONFIDENCE";

  @ConfigDescription(
      value = "Frames are searched at this many pixels along their longer side.",
      byDefault = "640; 1280 for mtcnn")
  public static final String LONG_SIDE = "FRAMEWARDEN_FACE_LONG_SIDE";

  @ConfigDescription(
      value = "Frames of one video that are searched at the same time.",
      byDefault = "processors over FRAMEWARDEN_INGEST_WORKERS, at most 8")
  public static final String THREADS = "FRAMEWARDEN_FACE_THREADS";

  @ConfigDescription(
      "Search one of this many sampled frames and interpolate the faces between; above 1 it is part"
          + " of the extraction digest.")
  public static final String EVERY = "FRAMEWARDEN_FACE_EVERY";

  /** Frames between two searched ones wait in memory. */
  private static final int MOST_EVERY = 8;

  /** Beyond so many, decoding is what a video waits for. */
  private static final int MOST_BY_DEFAULT = 8;

  @ConfigDescription(
      "Faces narrower than this many pixels are counted and left out; not part of the extraction"
          + " digest.")
  public static final String IGNORE_UNDER = "FRAMEWARDEN_FACE_IGNORE_UNDER";

  private static final int DEFAULT_MIN_SIZE = 64;

  public FaceDetectorConfig {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(model, "model");
    boolean usable = minSize >= 1 && longSide >= 1 && threads >= 0 && ignoreUnder >= 0;
    if (!usable || every < 1 || every > MOST_EVERY || !(minConfidence >= 0 && minConfidence <= 1)) {
      throw new IllegalArgumentException(
          "a face detector cannot have minSize "
              + minSize
              + ", minConfidence "
              + minConfidence
              + ", longSide "
              + longSide
              + ", threads "
              + threads
              + ", every "
              + every
              + ", ignoreUnder "
              + ignoreUnder);
    }
  }

  /** One that searches each frame, on as many threads as the processors allow, for all faces. */
  public FaceDetectorConfig(
      FaceDetectorKind kind,
      Optional<Path> model,
      int minSize,
      double minConfidence,
      int longSide) {
    this(kind, model, minSize, minConfidence, longSide, 0, 1, 0);
  }

  /** The cascade, as it comes. */
  public static FaceDetectorConfig defaults() {
    return of(FaceDetectorKind.CASCADE, Optional.empty());
  }

  /** A detector with its own defaults. */
  public static FaceDetectorConfig of(FaceDetectorKind kind, Optional<Path> model) {
    return new FaceDetectorConfig(
        kind, model, DEFAULT_MIN_SIZE, defaultConfidence(kind), defaultLongSide(kind));
  }

  public static FaceDetectorConfig from(Settings settings) {
    FaceDetectorKind kind =
        settings.choice(DETECTOR, FaceDetectorKind.CASCADE, FaceDetectorKind.class);
    Optional<Path> model = settings.path(MODEL);
    if (model.isPresent() == (kind == FaceDetectorKind.CASCADE)) {
      settings.problem(
          model.isPresent()
              ? MODEL + " is set, but the cascade uses no model: set " + DETECTOR + " or unset it"
              : MODEL + " is not set: " + kind + " needs " + wanted(kind));
    }
    return new FaceDetectorConfig(
        kind,
        model,
        settings.integer(MIN_SIZE, DEFAULT_MIN_SIZE, 20, 4096),
        settings.number(MIN_CONFIDENCE, defaultConfidence(kind), 0, 1),
        settings.integer(LONG_SIDE, defaultLongSide(kind), 160, 4096),
        settings.integer(THREADS, 0, 1, 64),
        settings.integer(EVERY, 1, 1, MOST_EVERY),
        settings.integer(IGNORE_UNDER, 0, 0, 4096));
  }

  /**
   * The same with a number of threads where the configuration leaves it open: the processors,
   * divided among the videos that are extracted at the same time.
   */
  public FaceDetectorConfig sized(int processors, int videos) {
    int fair = Math.max(1, Math.min(MOST_BY_DEFAULT, processors / videos));
    return threads > 0 ? this : threads(fair);
  }

  /** The same on so many threads. */
  public FaceDetectorConfig threads(int number) {
    return new FaceDetectorConfig(
        kind, model, minSize, minConfidence, longSide, number, every, ignoreUnder);
  }

  /** The settings that every detector's result depends on, for {@link FaceDetector#recipe()}. */
  public String recipe() {
    return "min_size="
        + minSize
        + " min_confidence="
        + RecipeText.number(minConfidence)
        + " long_side="
        + longSide
        + (every == 1 ? "" : " every=" + every + " between=" + FaceInterpolation.METHOD);
  }

  /** What {@link #MODEL} has to name for a detector, for messages. */
  public static String wanted(FaceDetectorKind kind) {
    return switch (kind) {
      case CASCADE -> "no model";
      case YUNET -> "the path of YuNet's .onnx file";
      case MTCNN -> "the path of a folder with pnet.onnx, rnet.onnx and onet.onnx";
    };
  }

  private static double defaultConfidence(FaceDetectorKind kind) {
    return switch (kind) {
      case CASCADE -> 0.5;
      case YUNET -> 0.6;
      case MTCNN -> 0.7;
    };
  }

  private static int defaultLongSide(FaceDetectorKind kind) {
    return kind == FaceDetectorKind.MTCNN ? 1280 : 640;
  }
}
