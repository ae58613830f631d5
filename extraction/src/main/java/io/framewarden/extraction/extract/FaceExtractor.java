package io.framewarden.extraction.extract;

import com.google.protobuf.ByteString;
import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceBox;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FacePoint;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.TrackedFace;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.extraction.face.align.FaceAligner;
import io.framewarden.extraction.face.align.QualityGrade;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.track.FaceTrackAssigner;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.ContainerSignature;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.VideoException;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceQuality;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A video file to aligned face frames: decode, sample, detect, track, align. The same file, policy
 * and recipe give the same frames, byte for byte, however many threads decode and detect. Uses the
 * detectors but does not own them; used by one thread, any number of videos one after the other.
 */
public final class FaceExtractor implements VideoExtractor {
  private static final Logger LOG = LoggerFactory.getLogger(FaceExtractor.class);

  private final DetectorPool crew;
  private final DecodeOptions decoding;
  private final SamplingPolicy sampling;
  private final AlignmentTemplate template = AlignmentTemplate.defaults();
  private final TrackingPolicy tracking;
  private final FaceAligner aligner = new FaceAligner(template);
  private final ExtractionRecipe recipe;
  private final String digest;

  /** Searches all sampled frames, one at a time, and takes every face that it finds. */
  public FaceExtractor(FaceDetector detector, DecodeOptions decoding, SamplingPolicy sampling) {
    this(DetectorPool.of(detector), decoding, sampling, TrackingPolicy.defaults());
  }

  public FaceExtractor(
      DetectorPool crew, DecodeOptions decoding, SamplingPolicy sampling, TrackingPolicy tracking) {
    this.crew = crew;
    this.decoding = decoding;
    this.sampling = sampling;
    this.tracking = tracking;
    this.recipe = new ExtractionRecipe(VideoReader.LUMA_CONVERSION, crew.recipe(), template);
    this.digest = recipe.digest();
  }

  /** How frames become faces; its digest is the extraction digest. */
  public ExtractionRecipe recipe() {
    return recipe;
  }

  @Override
  public String digest() {
    return digest;
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
          public void at(long frames, long reachedUs, long claimedUs) {
            // Nobody waits to hear of it.
          }

          @Override
          public void fellBack(String why) {
            LOG.info("processors decode video {}: {}", videoId, why);
          }
        });
  }

  /** As the method without {@code progress}, which hears how far decoding has come. */
  public <E extends Exception> ExtractionResult extract(
      Path file, String videoId, long attempt, FaceSink<E> sink, ExtractionProgress progress)
      throws E {
    StageTimer timer = new StageTimer();
    ExtractionResult result;
    try (SampledVideo video = timer.time(ExtractionStage.PROBE, () -> open(file))) {
      result = extract(video, ids(videoId, attempt), sink, progress, timer);
    } catch (VideoException e) {
      result = ExtractionResult.failed(e.reason(), e.getMessage());
    }
    return result.spending(timer.times());
  }

  private SampledVideo open(Path file) throws VideoException {
    checkSignature(file);
    return SampledVideo.open(file, decoding, sampling);
  }

  private static void checkSignature(Path file) throws VideoException {
    try {
      Optional<FailureReason> refused = ContainerSignature.of(file).refusal();
      if (refused.isPresent()) {
        throw new VideoException(refused.get(), ContainerSignature.explain(refused.get()));
      }
    } catch (IOException e) {
      throw new VideoException(
          FailureReason.SOURCE_MISSING,
          "the file " + file.getFileName() + " cannot be read; check that it is there");
    }
  }

  private <E extends Exception> ExtractionResult extract(
      SampledVideo video,
      FaceFrame.Builder ids,
      FaceSink<E> sink,
      ExtractionProgress progress,
      StageTimer timer)
      throws VideoException, E {
    FaceTrackAssigner tracker = new FaceTrackAssigner(tracking);
    FrameTracks tracks = new FrameTracks(tracker);
    BitSet people = new BitSet();
    int seq = 0;
    try (FramePrefetcher feed =
        new FramePrefetcher(video, crew, decoding.limits().maxPixels(), timer)) {
      Optional<SearchedFrame> next = feed.next(progress);
      while (next.isPresent()) {
        SearchedFrame searched = next.get();
        for (TrackedFrame tracked :
            timer.time(ExtractionStage.TRACK, () -> tracks.take(searched))) {
          for (TrackedFace face : tracked.faces()) {
            people.set(face.trackId());
            int number = seq++;
            sink.accept(
                timer.time(ExtractionStage.ALIGN, () -> frame(ids, tracked.frame(), face, number)));
          }
          feed.done(tracked.frame());
        }
        next = feed.next(progress);
      }
    }
    return result(video, seq, people.cardinality(), tracker);
  }

  private static ExtractionResult result(
      SampledVideo video, int faces, int people, FaceTrackAssigner tracker) {
    VideoReader reader = video.reader();
    return new ExtractionResult(
        faces,
        reader.frames(),
        video.sampled(),
        reader.endUs(),
        people,
        tracker.cuts(),
        tracker.ignored(),
        reader.isTruncated(),
        FailureReason.FAILURE_REASON_UNSPECIFIED,
        "",
        StageTimes.NONE);
  }

  private FaceFrame frame(FaceFrame.Builder ids, SampledFrame frame, TrackedFace face, int seq) {
    return aligned(ids.clone(), frame.luma(), face.face())
        .setSeq(seq)
        .setFrameIndex(frame.frameIndex())
        .setPtsUs(frame.ptsUs())
        .setTrackId(face.trackId())
        .build();
  }

  FaceDetector detector() {
    return crew.detectors().get(0);
  }

  DecodeOptions decoding() {
    return decoding;
  }

  /** A frame with what all frames of an extraction share. */
  FaceFrame.Builder ids(String videoId, long attempt) {
    return FaceFrame.newBuilder()
        .setVideoId(videoId)
        .setAttempt(attempt)
        .setExtractionDigest(digest);
  }

  /** Fills in what one face looks like: box, landmarks, confidence, quality, aligned pixels. */
  FaceFrame.Builder aligned(FaceFrame.Builder frame, GrayImage luma, DetectedFace face) {
    FaceBox box = face.box();
    byte[] pixels = aligner.align(luma, face);
    for (FacePoint point : face.landmarks()) {
      frame.addLandmarks(Point.newBuilder().setX(point.x()).setY(point.y()));
    }
    return frame
        .setBox(
            Box.newBuilder()
                .setX(box.x())
                .setY(box.y())
                .setWidth(box.width())
                .setHeight(box.height()))
        .setConfidence(face.confidence())
        .setWidth(template.size())
        .setHeight(template.size())
        .setPixels(ByteString.copyFrom(pixels))
        .setQuality(quality(QualityGrade.of(face, pixels, template.size())));
  }

  private static FaceQuality quality(QualityGrade grade) {
    FaceQuality.Builder quality =
        FaceQuality.newBuilder()
            .setValue((float) grade.value())
            .setSharpness((float) grade.sharpness())
            .setSize((float) grade.size());
    grade.pose().ifPresent(pose -> quality.setPose((float) pose));
    return quality.build();
  }
}
