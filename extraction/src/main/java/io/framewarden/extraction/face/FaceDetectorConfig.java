package io.framewarden.extraction.face;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Which face detector, how it is set, and how it is used on the frames of a video.
 *
 * @param kind the detector
 * @param model YuNet's .onnx file or MTCNN's folder; null for the cascade, which has none
 * @param minSize narrower faces are not detected, source pixels
 * @param minConfidence faces of a lower confidence are dropped, 0 to 1
 * @param longSide the frame is reduced to at most this many pixels along its longer side before
 *     detection; boxes and landmarks still come in source pixels
 * @param search how the frames of a video are searched
 */
public record FaceDetectorConfig(
    FaceDetectorKind kind,
    Path model,
    int minSize,
    double minConfidence,
    int longSide,
    Search search) {
  @ConfigDescription("Face detector.")
  public static final String DETECTOR = "FRAMEWARDEN_FACE_DETECTOR";

  @ConfigDescription(
      "Weights of the face detector: an .onnx file for yunet (`framewarden fetch yunet`), a folder"
          + " with pnet.onnx, rnet.onnx and onet.onnx for mtcnn.")
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

  @ConfigDescription(
      "Faces narrower than this many pixels are counted and left out; not part of the extraction"
          + " digest.")
  public static final String IGNORE_UNDER = "FRAMEWARDEN_FACE_IGNORE_UNDER";

  private static final int DEFAULT_MIN_SIZE = 64;

  /** Frames between two searched ones wait in memory. */
  private static final int MAX_EVERY = 8;

  /** Beyond so many, decoding is what a video waits for. */
  private static final int MAX_DEFAULT_THREADS = 8;

  /**
   * How the frames of a video are searched.
   *
   * @param threads frames of one video that are searched at the same time; 0 stands for as many as
   *     the processors allow
   * @param every one in so many sampled frames is searched, and faces between are interpolated
   *     ({@link FaceInterpolation}); 1 searches all
   * @param ignoreUnder faces narrower than so many source pixels are detected, counted and left
   *     out; 0 for none. Unlike {@code minSize} it changes neither what detectors do nor the recipe
   */
  public record Search(int threads, int every, int ignoreUnder) {
    /** Each frame is searched, on as many threads as the processors allow, for all faces. */
    public static final Search ALL = new Search(0, 1, 0);

    public Search {
      if (threads < 0 || every < 1 || every > MAX_EVERY || ignoreUnder < 0) {
        throw new IllegalArgumentException(
            "frames cannot be searched by threads %d, every %d, ignoreUnder %d"
                .formatted(threads, every, ignoreUnder));
      }
    }
  }

  public FaceDetectorConfig {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(search, "search");
    if (minSize < 1 || longSide < 1 || !(minConfidence >= 0 && minConfidence <= 1)) {
      throw new IllegalArgumentException(
          "a face detector cannot have minSize %d, minConfidence %s, longSide %d"
              .formatted(minSize, minConfidence, longSide));
    }
  }

  /** The cascade with its own defaults. */
  public static FaceDetectorConfig defaults() {
    return of(FaceDetectorKind.CASCADE, null);
  }

  /**
   * A detector with its own defaults.
   *
   * @param model null for the cascade
   */
  public static FaceDetectorConfig of(FaceDetectorKind kind, Path model) {
    return new FaceDetectorConfig(
        kind,
        model,
        DEFAULT_MIN_SIZE,
        kind.defaultConfidence(),
        kind.defaultLongSide(),
        Search.ALL);
  }

  /** Reads the variables of the face detector. */
  public static FaceDetectorConfig from(Settings settings) {
    FaceDetectorKind kind =
        settings.choice(DETECTOR, FaceDetectorKind.CASCADE, FaceDetectorKind.class);
    Path model = settings.path(MODEL).orElse(null);
    if (kind == FaceDetectorKind.CASCADE && model != null) {
      settings.problem(
          MODEL + " is set, but the cascade uses no model: set " + DETECTOR + " or unset it");
    } else if (kind != FaceDetectorKind.CASCADE && model == null) {
      settings.problem(MODEL + " is not set: " + kind + " needs " + kind.neededModel());
    }
    return new FaceDetectorConfig(
        kind,
        model,
        settings.integer(MIN_SIZE, DEFAULT_MIN_SIZE, 20, 4096),
        settings.number(MIN_CONFIDENCE, kind.defaultConfidence(), 0, 1),
        settings.integer(LONG_SIDE, kind.defaultLongSide(), 160, 4096),
        new Search(
            settings.integer(THREADS, 0, 1, 64),
            settings.integer(EVERY, 1, 1, MAX_EVERY),
            settings.integer(IGNORE_UNDER, 0, 0, 4096)));
  }

  /**
   * This configuration with a number of threads where it leaves that open: the processors, divided
   * among the videos that are extracted at the same time.
   */
  public FaceDetectorConfig withThreadsFor(int processors, int videos) {
    int share = Math.max(1, Math.min(MAX_DEFAULT_THREADS, processors / videos));
    return search.threads > 0 ? this : withThreads(share);
  }

  /** This configuration with so many frames of a video searched at the same time. */
  public FaceDetectorConfig withThreads(int threads) {
    return withSearch(new Search(threads, search.every, search.ignoreUnder));
  }

  /** This configuration with another way of searching the frames of a video. */
  public FaceDetectorConfig withSearch(Search other) {
    return new FaceDetectorConfig(kind, model, minSize, minConfidence, longSide, other);
  }

  /** The settings that every detector's result depends on, for {@link FaceDetector#recipe()}. */
  public String recipe() {
    return "min_size="
        + minSize
        + " min_confidence="
        + RecipeText.number(minConfidence)
        + " long_side="
        + longSide
        + (search.every == 1
            ? ""
            : " every=" + search.every + " between=" + FaceInterpolation.METHOD);
  }
}
