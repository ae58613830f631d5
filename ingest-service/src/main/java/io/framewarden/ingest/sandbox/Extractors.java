package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.VideoExtractor;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extractors of a service's workers, by configuration: all the same pool of children, or each
 * one of its own in this process. Owns what they use. One thread, but for the extractors.
 */
public final class Extractors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Extractors.class);

  private final ExtractionConfig extraction;

  /** The children; null where videos are decoded in this process. */
  private final DecoderPool pool;

  /** Why this process does not decode by hardware as configured; null where all is well. */
  private final String problem;

  private final List<DetectorPool> detectorPools = new ArrayList<>();

  /** Starts the children, if there are to be any, and returns at once. */
  public Extractors(
      SandboxConfig config, int workers, ExtractionConfig extraction, CollectorRegistry registry) {
    this.extraction = extraction;
    this.pool =
        switch (config.mode()) {
          case CHILD -> new DecoderPool(config, workers, extraction, registry);
          case IN_PROCESS -> null;
        };
    if (pool != null) {
      problem = null;
      return;
    }
    LOG.warn("videos are decoded in this process: {}=child confines them", SandboxConfig.MODE);
    problem = extraction.decoding().hardware().problem().orElse(null);
    new HardwareMetrics(registry, extraction.decoding().hardware()).usable(problem == null);
    if (problem != null) {
      LOG.warn("videos are decoded by processors: {}", problem);
    }
  }

  /**
   * Waits until a video can be extracted.
   *
   * @throws io.framewarden.extraction.extract.DecoderUnavailableException with the reason why not
   * @throws io.framewarden.runtime.config.InvalidConfigurationException when it is how decoders
   *     were told to work
   */
  public void awaitReady() {
    if (pool != null) {
      pool.awaitReady();
    }
  }

  /** An extractor for one worker. */
  public VideoExtractor extractor() {
    if (pool != null) {
      return pool;
    }
    DetectorPool opened = DetectorPool.open(extraction.detector());
    detectorPools.add(opened);
    return new FaceExtractor(opened, extraction);
  }

  /** For operators: what confines decoding less than it might; empty when all is well. */
  public String weakness() {
    if (pool != null) {
      return pool.weakness();
    }
    return "videos are decoded in the service itself"
        + (problem == null ? "" : ", by processors: " + problem);
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
    detectorPools.forEach(DetectorPool::close);
    detectorPools.clear();
  }
}
