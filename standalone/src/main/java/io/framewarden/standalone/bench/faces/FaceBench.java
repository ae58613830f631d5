package io.framewarden.standalone.bench.faces;

import io.framewarden.ingest.extract.ExtractionResult;
import io.framewarden.ingest.extract.FaceExtractor;
import io.framewarden.ingest.extract.SamplingPolicy;
import io.framewarden.ingest.face.DetectorCrew;
import io.framewarden.ingest.face.FaceDetector;
import io.framewarden.ingest.face.FaceDetectorConfig;
import io.framewarden.ingest.face.FaceDetectors;
import io.framewarden.ingest.face.TrackingPolicy;
import io.framewarden.ingest.ffmpeg.DecodeOptions;
import io.framewarden.ingest.media.MadeScene;
import io.framewarden.standalone.bench.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Every made scene through extraction with several detectors, against what is known of it. */
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

  /** Figures by detector, scene and what was counted, e.g. {@code cascade.crossingSwaps}. */
  public Figures run() throws IOException {
    Map<String, Double> figures = new TreeMap<>();
    for (MadeScene scene : MadeScene.all()) {
      Path file = scene.write(folder.resolve(scene.name() + ".mp4"));
      for (FaceDetectorConfig config : detectors) {
        String name = config.kind().name().toLowerCase(Locale.ROOT) + "." + scene.name();
        try (FaceDetector detector = FaceDetectors.open(config)) {
          figures.putAll(measure(scene, file, extractor(detector, config), name));
        }
      }
    }
    return new Figures(figures);
  }

  private static FaceExtractor extractor(FaceDetector detector, FaceDetectorConfig config) {
    return new FaceExtractor(
        DetectorCrew.of(detector),
        DecodeOptions.defaults(),
        SamplingPolicy.all(),
        TrackingPolicy.of(config));
  }

  private static Map<String, Double> measure(
      MadeScene scene, Path file, FaceExtractor extractor, String name) throws IOException {
    SceneTally tally = new SceneTally(scene);
    ExtractionResult result = extractor.extract(file, scene.name(), 1, tally::add);
    if (result.isFailed()) {
      throw new IOException("the made video is not read: " + result.failureMessage());
    }
    return tally.figures(name, result.cuts());
  }
}
