package io.framewarden.extraction.extract;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.ContainerSignature;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extracts aligned face frames from a video file: decode, sample, detect, track, align. The same
 * file, policy and recipe give the same frames, byte for byte, however many threads decode and
 * detect, unless the file is damaged: what FFmpeg makes of damaged frames depends on how many of
 * them it decodes at a time. Uses the detectors but does not own them; used by one thread, any
 * number of videos one after the other.
 */
public final class FaceExtractor implements VideoExtractor {
  private static final Logger LOG = LoggerFactory.getLogger(FaceExtractor.class);

  private final DetectorPool detectors;
  private final DecodeOptions decoding;
  private final SamplingPolicy sampling;
  private final TrackingPolicy tracking;
  private final FaceFrameFactory faceFrames;

  /** Searches all sampled frames, one at a time, and keeps every face that it finds. */
  public FaceExtractor(FaceDetector detector, DecodeOptions decoding, SamplingPolicy sampling) {
    this(
        DetectorPool.of(detector),
        decoding,
        sampling,
        TrackingPolicy.defaults(),
        FaceSpec.defaults());
  }

  /** As it is configured; as many frames are searched at a time as there are detectors. */
  public FaceExtractor(DetectorPool detectors, ExtractionConfig config) {
    this(
        detectors,
        config.decoding(),
        config.sampling(),
        TrackingPolicy.of(config.detector()),
        config.faces());
  }

  /** By parts of an {@link ExtractionConfig} and another way of tracking. */
  public FaceExtractor(
      DetectorPool detectors,
      DecodeOptions decoding,
      SamplingPolicy sampling,
      TrackingPolicy tracking,
      FaceSpec faces) {
    this.detectors = detectors;
    this.decoding = decoding;
    this.sampling = sampling;
    this.tracking = tracking;
    this.faceFrames = new FaceFrameFactory(detectors.recipe(), faces);
  }

  /** How frames become faces; its digest is the extraction digest. */
  public ExtractionRecipe recipe() {
    return faceFrames.recipe();
  }

  @Override
  public String digest() {
    return faceFrames.digest();
  }

  @Override
  public SamplingPolicy sampling() {
    return sampling;
  }

  @Override
  public String tracking() {
    return tracking.text();
  }

  @Override
  public <E extends Exception> ExtractionResult extract(
      Path file, String videoId, long attempt, FaceSink<E> sink) throws E {
    return extract(
        file,
        videoId,
        attempt,
        sink,
        new ExtractionProgress() {
          @Override
          public void onDecoded(long frames, long ptsUs, long claimedUs) {
            // Nobody waits to hear of it.
          }

          @Override
          public void onFallback(String reason) {
            LOG.info("the CPU decodes video {}: {}", videoId, reason);
          }
        });
  }

  /**
   * Extracts one video as {@link #extract(Path, String, long, FaceSink)} does and reports how far
   * it has come.
   *
   * @throws E what the sink throws
   */
  public <E extends Exception> ExtractionResult extract(
      Path file, String videoId, long attempt, FaceSink<E> sink, ExtractionProgress progress)
      throws E {
    StageTimer timer = new StageTimer();
    ExtractionResult result;
    try {
      timer.time(
          ExtractionStage.PROBE,
          () -> {
            checkSignature(file);
            return null;
          });
      result = new VideoExtraction<>(this, file, videoId, attempt, sink, progress, timer).run();
    } catch (VideoException e) {
      result = ExtractionResult.failed(e.reason(), e.getMessage());
    }
    return result.plusTimes(timer.times());
  }

  private static void checkSignature(Path file) throws VideoException {
    try {
      ContainerSignature signature = ContainerSignature.of(file);
      Optional<FailureReason> refusal = signature.refusal();
      if (refusal.isPresent()) {
        throw new VideoException(refusal.get(), signature.explanation());
      }
    } catch (IOException e) {
      throw VideoException.unreadable(file);
    }
  }

  TrackingPolicy trackingPolicy() {
    return tracking;
  }

  DetectorPool detectors() {
    return detectors;
  }

  DecodeOptions decoding() {
    return decoding;
  }

  FaceFrameFactory faceFrames() {
    return faceFrames;
  }
}
