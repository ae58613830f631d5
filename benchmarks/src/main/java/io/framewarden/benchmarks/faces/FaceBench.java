package io.framewarden.benchmarks.faces;

import io.framewarden.benchmarks.Measurements;
import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.FaceSpec;
import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.testkit.video.SyntheticScene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the faces that several detectors extract from synthetic scenes with the ground truth.
 */
public final class FaceBench {
  private final List<FaceDetectorConfig> detectors;
  private final Path folder;

  /**
   * @param folder an empty folder for the videos
   */
  public FaceBench(List<FaceDetectorConfig> detectors, Path folder) {
    this.detectors = detectors;
    this.folder = folder;
  }

  /**
   * Measures all scenes.
   *
   * @return values by detector, scene and what was counted, e.g. {@code cascade.crossingSwaps}.
   */
  public Measurements run() throws IOException {
    Map<String, Double> measured = new TreeMap<>();
    for (SyntheticScene scene : SyntheticScene.all()) {
      Path file = scene.write(folder.resolve(scene.name() + ".mp4"));
      for (FaceDetectorConfig config : detectors) {
        String name = config.kind().name().toLowerCase(Locale.ROOT) + "." + scene.name();
        try (FaceDetector detector = FaceDetectors.open(config)) {
          measured.putAll(measure(scene, file, extractor(detector, config), name));
        }
      }
    }
    return new Measurements(measured);
  }

  private static FaceExtractor extractor(FaceDetector detector, FaceDetectorConfig config) {
    return new FaceExtractor(
        DetectorPool.of(detector),
        DecodeOptions.defaults(),
        SamplingPolicy.all(),
        TrackingPolicy.of(config),
        FaceSpec.defaults());
  }

  private static Map<String, Double> measure(
      SyntheticScene scene, Path file, FaceExtractor extractor, String name) throws IOException {
    SceneTally tally = new SceneTally(scene);
    ExtractionResult result = extractor.extract(file, scene.name(), 1, tally::add);
    if (result.isFailed()) {
      throw new IOException("the synthetic video cannot be read: " + result.failureMessage());
    }
    return tally.measurements(name, result.cuts());
  }
}
