package io.framewarden.extraction.face.detect;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.GrayImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Face detectors that are all alike, so that several frames of a video can be searched at the same
 * time. Owns the detectors; safe for several threads, while each detector serves one at a time.
 */
public final class DetectorPool implements AutoCloseable {
  private static final int WARM_UP_SIDE = 320;

  private final List<FaceDetector> detectors;
  private final BlockingQueue<FaceDetector> idle;
  private final int every;
  private final int minSize;

  private DetectorPool(List<FaceDetector> detectors, int every, int minSize) {
    this.detectors = List.copyOf(detectors);
    this.idle = new ArrayBlockingQueue<>(detectors.size(), false, detectors);
    this.every = every;
    this.minSize = minSize;
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
      for (int i = 0; i < Math.max(1, config.search().threads()); i++) {
        opened.add(FaceDetectors.open(config));
      }
      return new DetectorPool(opened, config.search().every(), config.minSize());
    } catch (RuntimeException e) {
      opened.forEach(FaceDetector::close);
      throw e;
    }
  }

  /**
   * A pool of one detector of the default smallest face, for every frame; it owns the detector from
   * now on.
   */
  public static DetectorPool of(FaceDetector detector) {
    return new DetectorPool(List.of(detector), 1, FaceDetectorConfig.defaults().minSize());
  }

  /**
   * Detects the faces of a frame by a detector that is idle, or waits for one.
   *
   * @param frame upright luma
   * @return as {@link FaceDetector#detect}
   * @throws CancellationException when the thread is interrupted while it waits
   */
  public List<DetectedFace> detect(GrayImage frame) {
    return use(detector -> detector.detect(frame));
  }

  /**
   * Probes a frame for large faces by a detector that is idle, or waits for one.
   *
   * @return as {@link FaceDetector#probe}
   * @throws CancellationException when the thread is interrupted while it waits
   */
  public List<DetectedFace> probe(GrayImage frame) {
    return use(detector -> detector.probe(frame));
  }

  private List<DetectedFace> use(Function<FaceDetector, List<DetectedFace>> search) {
    FaceDetector detector;
    try {
      detector = idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a face detector");
    }
    try {
      return search.apply(detector);
    } finally {
      idle.add(detector);
    }
  }

  /** Lets every detector search a black frame, so that all native code is loaded. */
  public void warmUp() {
    GrayImage black =
        new GrayImage(WARM_UP_SIDE, WARM_UP_SIDE, new byte[WARM_UP_SIDE * WARM_UP_SIDE]);
    detectors.forEach(detector -> detector.detect(black));
  }

  /** How many detectors there are, at least 1. */
  public int size() {
    return detectors.size();
  }

  /** One in so many sampled frames is searched; 1 stands for all. */
  public int every() {
    return every;
  }

  /** The narrowest face that they find in a frame that need not be reduced, in pixels. */
  public int minSize() {
    return minSize;
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
