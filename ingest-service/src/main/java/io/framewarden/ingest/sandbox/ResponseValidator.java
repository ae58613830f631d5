package io.framewarden.ingest.sandbox;

import com.google.protobuf.ByteString;
import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.ingest.sandbox.wire.JobProgress;
import io.framewarden.ingest.sandbox.wire.ProtocolException;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceQuality;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Point;
import io.framewarden.v1.VideoMarker;
import java.time.Duration;

/**
 * Judges what a child says about one video: whatever a decoder of ours would never say is refused,
 * and only fields that were looked at are passed on. One video, one thread.
 */
final class ResponseValidator {
  private static final float FARTHEST = 1e6f;
  private static final int LANDMARKS = 5;
  private static final int MOST_FACES_IN_A_FRAME = 4096;
  private static final int LONGEST_MESSAGE = 500;

  /** What a child's clock and ours may differ by. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

  private final DecodeLimits limits;
  private final FaceFrame.Builder ids;
  private final int side;
  private final int detectors;
  private long frames;
  private long frameIndex = -1;
  private long ptsUs;
  private int facesInFrame;
  private int faces;
  private int fallbacks;

  /**
   * @param ids the frames' ids, which no child has a say in
   * @param side of a face, in pixels
   * @param detectors that search at the same time
   */
  ResponseValidator(DecodeLimits limits, FaceFrame.Builder ids, int side, int detectors) {
    this.limits = limits;
    this.ids = ids;
    this.side = side;
    this.detectors = detectors;
  }

  /** Checks a progress; its counts must grow, or it would be none. */
  JobProgress progress(JobProgress said) throws ProtocolException {
    check(said.frames() > frames && said.frames() <= 2 * limits.maxFrames(), "frames");
    check(said.reachedUs() >= 0 && said.reachedUs() <= limits.maxDurationUs(), "time");
    check(said.claimedUs() >= 0 && said.claimedUs() <= limits.maxDurationUs(), "duration");
    frames = said.frames();
    return said;
  }

  /** Checks why processors decode the video: that can be said at the beginning and once later. */
  String fallback(String said) throws ProtocolException {
    fallbacks++;
    check(fallbacks <= 2, "number of fallbacks");
    return readable(said);
  }

  /** The face frame that a child's becomes: numbered here, with our ids and the given pixels. */
  FaceFrame face(FaceFrame said, ByteString pixels) throws ProtocolException {
    boolean sameWay = said.getFrameIndex() >= frameIndex && said.getPtsUs() >= ptsUs;
    check(sameWay && said.getFrameIndex() < limits.maxFrames(), "frame index");
    check(said.getPtsUs() <= limits.maxDurationUs(), "time");
    facesInFrame = said.getFrameIndex() == frameIndex ? facesInFrame + 1 : 1;
    check(facesInFrame <= MOST_FACES_IN_A_FRAME, "faces in a frame");
    check(said.getSeq() == faces, "seq");
    check(said.getTrackId() >= 0 && said.getTrackId() <= faces + MOST_FACES_IN_A_FRAME, "track");
    check(said.getWidth() == side && said.getHeight() == side, "size of a face");
    check(said.getConfidence() >= 0 && said.getConfidence() <= 1, "confidence");
    check(said.getLandmarksCount() == 0 || said.getLandmarksCount() == LANDMARKS, "landmarks");
    frameIndex = said.getFrameIndex();
    ptsUs = said.getPtsUs();
    FaceFrame.Builder frame = ids.clone();
    for (Point point : said.getLandmarksList()) {
      frame.addLandmarks(
          Point.newBuilder().setX(coordinate(point.getX())).setY(coordinate(point.getY())));
    }
    return frame
        .setSeq(faces++)
        .setFrameIndex(frameIndex)
        .setPtsUs(ptsUs)
        .setTrackId(said.getTrackId())
        .setBox(box(said.getBox()))
        .setConfidence(said.getConfidence())
        .setQuality(quality(said.getQuality()))
        .setWidth(side)
        .setHeight(side)
        .setPixels(pixels)
        .build();
  }

  /** The result that a child's marker stands for. */
  ExtractionResult result(VideoMarker said) throws ProtocolException {
    FailureReason failure = said.getFailure();
    boolean failed = failure != FailureReason.FAILURE_REASON_UNSPECIFIED;
    if (failed) {
      check(isDecoders(failure), "failure reason");
      return ExtractionResult.failed(failure, readable(said.getFailureMessage()));
    }
    check(said.getFaceFrames() == faces, "number of faces");
    check(
        said.getDecodedFrames() > frameIndex && said.getDecodedFrames() <= limits.maxFrames(),
        "decoded frames");
    check(
        said.getSampledFrames() >= 0 && said.getSampledFrames() <= said.getDecodedFrames(),
        "sampled frames");
    check(
        said.getDurationUs() >= 0 && said.getDurationUs() <= 2 * limits.maxDurationUs(),
        "duration");
    check(said.getTracks() >= 0 && said.getTracks() <= faces, "tracks");
    check(said.getCuts() >= 0 && said.getCuts() <= said.getSampledFrames(), "cuts");
    check(
        said.getIgnoredFaces() >= 0
            && said.getIgnoredFaces() <= MOST_FACES_IN_A_FRAME * said.getSampledFrames(),
        "faces left out");
    return ExtractionResult.of(
        VideoMarker.newBuilder()
            .setFaceFrames(faces)
            .setDecodedFrames(said.getDecodedFrames())
            .setSampledFrames(said.getSampledFrames())
            .setDurationUs(said.getDurationUs())
            .setTracks(said.getTracks())
            .setCuts(said.getCuts())
            .setIgnoredFaces(said.getIgnoredFaces())
            .setTruncated(said.getTruncated()));
  }

  /**
   * Checks where the time went: each thread of a stage has at most the time that passed.
   *
   * @param passed since the child was asked
   */
  StageTimes times(StageTimes said, Duration passed) throws ProtocolException {
    for (ExtractionStage stage : said.spent().keySet()) {
      Duration most =
          passed
              .plus(CLOCK_TOLERANCE)
              .multipliedBy(stage == ExtractionStage.DETECT ? detectors : 1);
      boolean possible = !said.of(stage).isNegative() && said.of(stage).compareTo(most) <= 0;
      check(possible, "time to " + stage.label());
    }
    return said;
  }

  /** Reasons that are found by looking at a file, or our own failure while doing so. */
  private static boolean isDecoders(FailureReason reason) {
    return reason != FailureReason.UNRECOGNIZED
        && reason != FailureReason.SOURCE_MISMATCH
        && reason.getNumber() <= FailureReason.EXTRACTION_FAILED_VALUE;
  }

  /** Uploaders and logs read it: one short line of printable characters. */
  static String readable(String said) {
    String line = said.replaceAll("\\p{C}+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }

  private static FaceQuality quality(FaceQuality said) throws ProtocolException {
    FaceQuality.Builder quality =
        FaceQuality.newBuilder()
            .setValue(share(said.getValue()))
            .setSharpness(share(said.getSharpness()))
            .setSize(share(said.getSize()));
    return said.hasPose() ? quality.setPose(share(said.getPose())).build() : quality.build();
  }

  private static float share(float said) throws ProtocolException {
    check(said >= 0 && said <= 1, "quality"); // false for NaN
    return said;
  }

  private static Box box(Box said) throws ProtocolException {
    return Box.newBuilder()
        .setX(coordinate(said.getX()))
        .setY(coordinate(said.getY()))
        .setWidth(coordinate(said.getWidth()))
        .setHeight(coordinate(said.getHeight()))
        .build();
  }

  private static float coordinate(float said) throws ProtocolException {
    check(Math.abs(said) <= FARTHEST, "coordinate"); // false for NaN
    return said;
  }

  private static void check(boolean holds, String what) throws ProtocolException {
    if (!holds) {
      throw new ProtocolException("an impossible " + what);
    }
  }
}
