package io.framewarden.schemas.golden;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.framewarden.v1.CallerReference;
import io.framewarden.v1.Decision;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.Outcome;
import io.framewarden.v1.ReleaseStage;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import io.framewarden.v1.VideoUpload;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contracts of release 0.1.0. Every field is set to a value that no other field of its message
 * has, and every optional one once more to its zero, which must be told from unset.
 */
final class GoldenV1 {
  /** Above 32 bits, so that a narrowed integer shows. */
  static final long ATTEMPT = 1_790_000_000_123L;

  static final String EXTRACTION = "e".repeat(64);
  static final String CONTENT = "c".repeat(64);
  static final String MODEL = "d".repeat(64);
  static final String SAMPLING = "4/s, at least 32";
  static final String TRACKING = "least-squared-distance-1 min_iou=0.2";

  private GoldenV1() {}

  static GoldenSet set() {
    Map<String, Message> messages = new TreeMap<>();
    messages.put("VideoUpload", upload());
    messages.put("VideoMarker", marker());
    messages.put("VideoMarker-failed", failedMarker());
    messages.put("RescoreRequest", rescoreRequest());
    messages.put("Decision", decision());
    messages.put("ModelRelease-published", release(ReleaseStage.PUBLISHED).build());
    messages.put("ModelRelease-shadow", release(ReleaseStage.SHADOW).setShare(0.1).build());
    messages.put(
        "ModelRelease-active",
        release(ReleaseStage.ACTIVE)
            .setSignature(ByteString.copyFrom(new byte[] {1, 2, 3}))
            .build());
    messages.put("ModelRelease-retired", release(ReleaseStage.RETIRED).build());
    messages.putAll(GoldenV1Frames.messages());
    messages.putAll(GoldenV1Verdict.messages());
    messages.putAll(GoldenV1Archive.messages());
    return new GoldenSet("v1", messages);
  }

  private static VideoUpload upload() {
    return VideoUpload.newBuilder()
        .setVideoId("video-1")
        .setSourceUri("file:///data/uploads/video-1")
        .setContentSha256(CONTENT)
        .setSizeBytes(5_000_000_001L)
        .setSubmitter("newsroom")
        .setFileName("größe 1.mp4")
        .setReceivedTimeUs(1_790_000_000_000_001L)
        .setRequestedUriSha256("a".repeat(64))
        .setReference(reference())
        .build();
  }

  static CallerReference reference() {
    return CallerReference.newBuilder()
        .setExternalId("order-17")
        .setUser("user-4")
        .setPost("post-99")
        .putMetadata("campaign", "größe")
        .build();
  }

  private static VideoMarker marker() {
    return VideoMarker.newBuilder()
        .setVideoId("video-1")
        .setAttempt(ATTEMPT)
        .setFaceFrames(42)
        .setDecodedFrames(5_000_000_004L)
        .setSampledFrames(5_000_000_005L)
        .setDurationUs(6_000_000_006L)
        .setTracks(3)
        .setCuts(2)
        .setIgnoredFaces(5_000_000_006L)
        .setContentSha256(CONTENT)
        .setExtractionDigest(EXTRACTION)
        .setSampling(SAMPLING)
        .setTracking(TRACKING)
        .setReceivedTimeUs(1_790_000_000_000_002L)
        .setStartedTimeUs(1_790_000_000_000_003L)
        .setFinishedTimeUs(1_790_000_000_000_004L)
        .addStreams(stream())
        .addStreams(
            VideoStream.newBuilder()
                .setIndex(2)
                .setFailure(FailureReason.UNSUPPORTED_CODEC)
                .setFailureMessage("the codec vp7 is not read"))
        .setReference(reference())
        .build();
  }

  static VideoStream.Builder stream() {
    return VideoStream.newBuilder()
        .setIndex(1)
        .setProgram(7)
        .setCodec("h264")
        .setWidth(1280)
        .setHeight(720)
        .setDecodedFrames(5_000_000_004L)
        .setSampledFrames(5_000_000_005L)
        .setDamagedFrames(5_000_000_031L)
        .setUndecodablePackets(5_000_000_032L)
        .setMissingStartFrames(5_000_000_033L)
        .setTruncated(true)
        .setTimestampJumps(4)
        .setStartUs(6_000_000_034L)
        .setEndUs(6_000_000_035L)
        .setUnsampledUs(6_000_000_036L);
  }

  private static VideoMarker failedMarker() {
    return VideoMarker.newBuilder()
        .setVideoId("video-2")
        .setAttempt(ATTEMPT)
        .setFailure(FailureReason.DECODER_STARVED)
        .setFailureMessage("decoding did not end in time")
        .setFailedTries(3)
        .setRetryAtUs(1_790_000_000_000_007L)
        .build();
  }

  private static RescoreRequest rescoreRequest() {
    return RescoreRequest.newBuilder()
        .setVideoId("video-1")
        .setAttempt(ATTEMPT)
        .setModelDigest(MODEL)
        .setReleaseTimeUs(1_790_000_000_000_005L)
        .addFrames(FramePosition.newBuilder().setSeq(3).setPartition(11).setOffset(6_000_000_025L))
        .build();
  }

  private static Decision decision() {
    return Decision.newBuilder()
        .setVideoId("video-1")
        .setVerdictRevision(5)
        .setOutcome(Outcome.OVERTURNED)
        .setLabel(VerdictLabel.REAL)
        .addTracks(
            TrackDecision.newBuilder()
                .setTrackId(6)
                .setOutcome(Outcome.UPHELD)
                .setLabel(VerdictLabel.FAKE))
        .setNote("the second person is dubbed, not forged")
        .setModerator("moderator-1")
        .setDecidedTimeUs(1_790_000_000_000_006L)
        .build();
  }

  private static ModelRelease.Builder release(ReleaseStage stage) {
    return ModelRelease.newBuilder()
        .setModelName("did")
        .setVersion("2026.1")
        .setArtifactUri("file:///store/models/did/" + MODEL + "/")
        .setModelDigest(MODEL)
        .setStage(stage)
        .setReleasedTimeUs(1_790_000_000_000_007L);
  }
}
