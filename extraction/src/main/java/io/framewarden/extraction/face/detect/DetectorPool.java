package io.framewarden.extraction.face.detect;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Detectors that are all alike, so that several frames of a video can be searched at the same time,
 * and how often they are asked. Owns the detectors it opened; safe for several threads, while each
 * detector serves one at a time.
 */
public final class DetectorPool implements AutoCloseable {
  private final List<FaceDetector> detectors;
  private final int every;

  private DetectorPool(List<FaceDetector> detectors, int every) {
    this.detectors = List.copyOf(detectors);
    this.every = every;
  }

  /**
   * Opens as many detectors as the configuration has threads.
   *
   * @throws io.framewarden.runtime.config.InvalidConfigurationException as {@link
   *     FaceDetectors#open}
   */
  public static DetectorPool open(FaceDetectorConfig config) {
    List<FaceDetector> opened = new ArrayList<>();
    try {
      for (int i = 0; i < Math.max(1, config.threads()); i++) {
        opened.add(FaceDetectors.open(config));
      }
      return new DetectorPool(opened, config.every());
    } catch (RuntimeException e) {
      opened.forEach(FaceDetector::close);
      throw e;
    }
  }

  /** One detector, asked for every frame; it belongs to the crew from now on. */
  public static DetectorPool of(FaceDetector detector) {
    return new DetectorPool(List.of(detector), 1);
  }

  /** At least one. */
  public List<FaceDetector> detectors() {
    return detectors;
  }

  /** Each so many sampled frames one is searched; 1 stands for all. */
  public int every() {
    return every;
  }

  /** {@link FaceDetector#recipe()} of each of them. */
  public String recipe() {
    return detectors.get(0).recipe();
  }

  @Override
  public void close() {
    detectors.forEach(FaceDetector::close);
  }
}
