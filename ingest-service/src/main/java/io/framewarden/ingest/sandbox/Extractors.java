package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.extract.VideoExtractor;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extractors of a service's workers, by configuration: all the same pool of children, or each
 * one of its own in this process. Owns what they use. One thread, but for the extractors.
 */
public final class Extractors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Extractors.class);

  private final DecodeOptions decoding;
  private final SamplingPolicy sampling;
  private final FaceDetectorConfig detector;
  private final Optional<DecoderPool> pool;
  private final Optional<String> problem;
  private final List<DetectorPool> detectorPools = new ArrayList<>();

  /** Starts the children, if there are to be any, and returns at once. */
  public Extractors(
      SandboxConfig config,
      int workers,
      DecodeOptions decoding,
      SamplingPolicy sampling,
      FaceDetectorConfig detector,
      CollectorRegistry registry) {
    this.decoding = decoding;
    this.sampling = sampling;
    this.detector = detector;
    this.pool =
        switch (config.mode()) {
          case CHILD ->
              Optional.of(new DecoderPool(config, workers, decoding, sampling, detector, registry));
          case IN_PROCESS -> Optional.empty();
        };
    if (pool.isEmpty()) {
      LOG.warn("videos are decoded in this process: {}=child confines them", SandboxConfig.MODE);
      problem = VideoReader.problem(decoding);
      new HardwareMetrics(registry, decoding.hardware()).usable(problem.isEmpty());
      problem.ifPresent(why -> LOG.warn("videos are decoded by processors: {}", why));
    } else {
      problem = Optional.empty();
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
    pool.ifPresent(DecoderPool::awaitReady);
  }

  /** An extractor for one worker. */
  public VideoExtractor extractor() {
    if (pool.isPresent()) {
      return pool.get();
    }
    DetectorPool opened = DetectorPool.open(detector);
    detectorPools.add(opened);
    return new FaceExtractor(opened, decoding, sampling, TrackingPolicy.of(detector));
  }

  /** For operators: what confines decoding less than it might; empty when all is well. */
  public String weakness() {
    return pool.map(DecoderPool::weakness).orElse(weaknessHere());
  }

  private String weaknessHere() {
    return "videos are decoded in the service itself"
        + problem.map(why -> ", by processors: " + why).orElse("");
  }

  @Override
  public void close() {
    pool.ifPresent(DecoderPool::close);
    detectorPools.forEach(DetectorPool::close);
    detectorPools.clear();
  }
}
