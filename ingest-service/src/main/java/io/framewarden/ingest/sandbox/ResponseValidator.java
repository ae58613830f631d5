package io.framewarden.ingest.sandbox;

import com.google.protobuf.ByteString;
import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.ingest.sandbox.wire.JobProgress;
import io.framewarden.ingest.sandbox.wire.ProtocolException;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceQuality;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Point;
import io.framewarden.v1.VideoMarker;
import java.time.Duration;
import java.util.BitSet;

/**
 * Validates a child's messages about one video: what a decoder of ours would never send is refused,
 * and only fields that were checked are passed on. One video, one thread.
 */
final class ResponseValidator {
  private static final float MAX_COORDINATE = 1e6f;
  private static final int LANDMARKS = 5;
  private static final int MAX_FACES_IN_A_FRAME = 4096;
  private static final int MAX_MESSAGE_LENGTH = 500;

  /** No timestamp of a file that is within the limits lies further from its start. */
  private static final long MAX_TIME_US = 1L << 50;

  /** What a child's clock and ours may differ by. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

  private final DecodeLimits limits;
  private final FaceFrame.Builder ids;
  private final FaceShape shape;
  private final int detectors;
  private long frames;
  private long frameIndex = -1;
  private long ptsUs;
  private int facesInFrame;
  private final BitSet streams = new BitSet();
  private int stream = -1;
  private int faces;
  private int fallbacks;

  /**
   * @param ids the frames' ids, which no child has a say in
   * @param shape of a face
   * @param detectors that search at the same time
   */
  ResponseValidator(DecodeLimits limits, FaceFrame.Builder ids, FaceShape shape, int detectors) {
    this.limits = limits;
    this.ids = ids;
    this.shape = shape;
    this.detectors = detectors;
  }

  /** Checks a progress; its counts must grow, or it would be none. */
  JobProgress progress(JobProgress given) throws ProtocolException {
    check(given.frames() > frames && given.frames() <= 2 * limits.maxFrames(), "frames");
    check(given.reachedUs() >= 0 && given.reachedUs() <= limits.maxDurationUs(), "time");
    check(given.claimedUs() >= 0 && given.claimedUs() <= limits.maxDurationUs(), "duration");
    frames = given.frames();
    return given;
  }

  /** Checks why processors decode the video: that can be given at the beginning and once later. */
  String fallback(String given) throws ProtocolException {
    fallbacks++;
    check(fallbacks <= 2, "number of fallbacks");
    return readable(given);
  }

  /** The face frame that a child's becomes: numbered here, with our ids and the given pixels. */
  FaceFrame face(FaceFrame given, ByteString pixels) throws ProtocolException {
    if (given.getStream() != stream) {
      checkNextStream(given.getStream());
    }
    boolean forward = given.getFrameIndex() >= frameIndex && given.getPtsUs() >= ptsUs;
    check(forward && given.getFrameIndex() < limits.maxFrames(), "frame index");
    check(given.getPtsUs() <= MAX_TIME_US, "time");
    facesInFrame = given.getFrameIndex() == frameIndex ? facesInFrame + 1 : 1;
    check(facesInFrame <= MAX_FACES_IN_A_FRAME, "faces in a frame");
    check(given.getSeq() == faces, "seq");
    check(given.getTrackId() >= 0 && given.getTrackId() <= faces + MAX_FACES_IN_A_FRAME, "track");
    boolean shaped =
        given.getWidth() == shape.width()
            && given.getHeight() == shape.height()
            && given.getFormat() == shape.format();
    check(shaped, "size of a face");
    check(given.getConfidence() >= 0 && given.getConfidence() <= 1, "confidence");
    check(given.getLandmarksCount() == 0 || given.getLandmarksCount() == LANDMARKS, "landmarks");
    frameIndex = given.getFrameIndex();
    ptsUs = given.getPtsUs();
    FaceFrame.Builder frame = ids.clone();
    for (Point point : given.getLandmarksList()) {
      frame.addLandmarks(
          Point.newBuilder().setX(coordinate(point.getX())).setY(coordinate(point.getY())));
    }
    return frame
        .setSeq(faces++)
        .setStream(stream)
        .setFrameIndex(frameIndex)
        .setPtsUs(ptsUs)
        .setTrackId(given.getTrackId())
        .setBox(box(given.getBox()))
        .setConfidence(given.getConfidence())
        .setQuality(quality(given.getQuality()))
        .setWidth(shape.width())
        .setHeight(shape.height())
        .setFormat(shape.format())
        .setPixels(pixels)
        .build();
  }

  /** Streams come one after the other, each once, and each begins anew. */
  private void checkNextStream(int given) throws ProtocolException {
    boolean isNew = given >= 0 && given < limits.maxStreams() && !streams.get(given);
    check(isNew, "stream");
    streams.set(given);
    stream = given;
    frameIndex = -1;
    ptsUs = 0;
  }

  /** The result that a child's marker stands for. */
  ExtractionResult result(VideoMarker given) throws ProtocolException {
    FailureReason failure = given.getFailure();
    boolean failed = failure != FailureReason.FAILURE_REASON_UNSPECIFIED;
    if (failed) {
      check(isDecoders(failure), "failure reason");
      return ExtractionResult.failed(failure, readable(given.getFailureMessage()));
    }
    check(given.getFaceFrames() == faces, "number of faces");
    check(
        given.getDecodedFrames() > frameIndex && given.getDecodedFrames() <= 2 * limits.maxFrames(),
        "decoded frames");
    check(
        given.getSampledFrames() >= 0 && given.getSampledFrames() <= given.getDecodedFrames(),
        "sampled frames");
    check(given.getDurationUs() >= 0 && given.getDurationUs() <= MAX_TIME_US, "duration");
    check(given.getTracks() >= 0 && given.getTracks() <= faces, "tracks");
    check(given.getCuts() >= 0 && given.getCuts() <= given.getSampledFrames(), "cuts");
    check(
        given.getIgnoredFaces() >= 0
            && given.getIgnoredFaces() <= MAX_FACES_IN_A_FRAME * given.getSampledFrames(),
        "faces left out");
    return ExtractionResult.of(
        VideoMarker.newBuilder()
            .setFaceFrames(faces)
            .setDecodedFrames(given.getDecodedFrames())
            .setSampledFrames(given.getSampledFrames())
            .setDurationUs(given.getDurationUs())
            .setTracks(given.getTracks())
            .setCuts(given.getCuts())
            .setIgnoredFaces(given.getIgnoredFaces())
            .addAllStreams(StreamValidator.checked(given.getStreamsList(), limits)));
  }

  /**
   * Checks where the time went: each thread of a stage has at most the time that passed.
   *
   * @param passed since the child was asked
   */
  StageTimes times(StageTimes given, Duration passed) throws ProtocolException {
    for (ExtractionStage stage : given.spent().keySet()) {
      Duration most =
          passed
              .plus(CLOCK_TOLERANCE)
              .multipliedBy(stage == ExtractionStage.DETECT ? detectors : 1);
      boolean possible = !given.of(stage).isNegative() && given.of(stage).compareTo(most) <= 0;
      check(possible, "time to " + stage.label());
    }
    return given;
  }

  /** Reasons that are found by looking at a file, or our own failure while doing so. */
  private static boolean isDecoders(FailureReason reason) {
    return reason != FailureReason.UNRECOGNIZED
        && reason != FailureReason.SOURCE_MISMATCH
        && reason.getNumber() <= FailureReason.EXTRACTION_FAILED_VALUE;
  }

  /** Uploaders and logs read it: one short line of printable characters. */
  static String readable(String given) {
    String line = given.replaceAll("\\p{C}+", " ").strip();
    return line.length() <= MAX_MESSAGE_LENGTH
        ? line
        : line.substring(0, MAX_MESSAGE_LENGTH) + "...";
  }

  private static FaceQuality quality(FaceQuality given) throws ProtocolException {
    FaceQuality.Builder quality =
        FaceQuality.newBuilder()
            .setValue(share(given.getValue()))
            .setSharpness(share(given.getSharpness()))
            .setSize(share(given.getSize()));
    return given.hasPose() ? quality.setPose(share(given.getPose())).build() : quality.build();
  }

  private static float share(float given) throws ProtocolException {
    check(given >= 0 && given <= 1, "quality"); // false for NaN
    return given;
  }

  private static Box box(Box given) throws ProtocolException {
    return Box.newBuilder()
        .setX(coordinate(given.getX()))
        .setY(coordinate(given.getY()))
        .setWidth(coordinate(given.getWidth()))
        .setHeight(coordinate(given.getHeight()))
        .build();
  }

  private static float coordinate(float given) throws ProtocolException {
    check(Math.abs(given) <= MAX_COORDINATE, "coordinate"); // false for NaN
    return given;
  }

  private static void check(boolean holds, String what) throws ProtocolException {
    if (!holds) {
      throw new ProtocolException("an impossible " + what);
    }
  }
}
