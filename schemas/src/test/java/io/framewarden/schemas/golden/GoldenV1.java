package io.framewarden.schemas.golden;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchiveRecord;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.Box;
import io.framewarden.v1.Decision;
import io.framewarden.v1.Evidence;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.Outcome;
import io.framewarden.v1.Point;
import io.framewarden.v1.ReleaseStage;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.util.Map;
import java.util.TreeMap;

/** The first contract version, every field set to a value that no other field has. */
final class GoldenV1 {
  /** Above 32 bits, so that a narrowed integer shows. */
  static final long ATTEMPT = 1_790_000_000_123L;

  static final String EXTRACTION = "e".repeat(64);
  static final String CONTENT = "c".repeat(64);
  static final String MODEL = "d".repeat(64);

  private GoldenV1() {}

  static GoldenSet set() {
    Map<String, Message> messages = new TreeMap<>();
    messages.put("VideoUpload", upload());
    messages.put("FaceFrame", faceFrame());
    messages.put("VideoMarker", marker());
    messages.put("VideoMarker-failed", failedMarker());
    messages.put("FrameScore", score());
    messages.put("FrameScore-failed", failedScore());
    messages.put("Verdict", GoldenV1Verdict.verdict());
    messages.put("Verdict-failed", GoldenV1Verdict.failed());
    messages.put("Decision", decision());
    messages.put("ModelRelease", release());
    messages.put("ArchiveRecord-header", archiveHeader());
    messages.put("ArchiveRecord-face", archivedFace());
    return new GoldenSet("v1", messages);
  }

  static Box box() {
    return Box.newBuilder().setX(-1.5f).setY(2.25f).setWidth(160.5f).setHeight(200.75f).build();
  }

  static Evidence evidence() {
    return Evidence.newBuilder()
        .setJpeg(ByteString.copyFrom(new byte[] {(byte) 0xff, (byte) 0xd8, 0, 1}))
        .addAttention(0.25f)
        .addAttention(0.75f)
        .setAttentionWidth(2)
        .setAttentionHeight(1)
        .build();
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
        .build();
  }

  private static FaceFrame faceFrame() {
    return FaceFrame.newBuilder()
        .setVideoId("video-1")
        .setAttempt(ATTEMPT)
        .setSeq(7)
        .setFrameIndex(5_000_000_002L)
        .setPtsUs(6_000_000_003L)
        .setTrackId(2)
        .setBox(box())
        .addLandmarks(Point.newBuilder().setX(71.5f).setY(66.25f))
        .addLandmarks(Point.newBuilder().setX(151.5f).setY(67.25f))
        .setConfidence(0.875f)
        .setWidth(3)
        .setHeight(2)
        .setPixels(ByteString.copyFrom(new byte[] {0, 1, 127, (byte) 128, (byte) 254, -1}))
        .setExtractionDigest(EXTRACTION)
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
        .setExtractionDigest(EXTRACTION)
        .setContentSha256(CONTENT)
        .setReceivedTimeUs(1_790_000_000_000_002L)
        .setStartedTimeUs(1_790_000_000_000_003L)
        .setFinishedTimeUs(1_790_000_000_000_004L)
        .setTruncated(true)
        .setSampling("4/s, at least 32")
        .build();
  }

  private static VideoMarker failedMarker() {
    return VideoMarker.newBuilder()
        .setVideoId("video-2")
        .setAttempt(ATTEMPT)
        .setFailure(FailureReason.PLAYLIST)
        .setFailureMessage("names other files; upload the video itself")
        .build();
  }

  private static FrameScore score() {
    return FrameScore.newBuilder()
        .setVideoId("video-1")
        .setAttempt(ATTEMPT)
        .setSeq(8)
        .setFrameIndex(5_000_000_007L)
        .setPtsUs(6_000_000_008L)
        .setTrackId(4)
        .setBox(box())
        .setLogit(-1.2345678901234567)
        .setProbability(0.2254)
        .setModelDigest(MODEL)
        .setModelName("did")
        .setModelVersion("2026.1")
        .setEngine("onnxruntime-1.29.0-cpu")
        .setExtractionDigest(EXTRACTION)
        .setExtractionMismatch(true)
        .setEvidence(evidence())
        .setScoredTimeUs(1_790_000_000_000_005L)
        .build();
  }

  private static FrameScore failedScore() {
    return FrameScore.newBuilder()
        .setVideoId("video-1")
        .setAttempt(ATTEMPT)
        .setSeq(9)
        .setFailure(FailureReason.MALFORMED_PIXELS)
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

  private static ModelRelease release() {
    return ModelRelease.newBuilder()
        .setModelName("did")
        .setVersion("2026.1")
        .setArtifactUri("file:///data/models/did-2026.1")
        .setModelDigest(MODEL)
        .setStage(ReleaseStage.ACTIVE)
        .setReleasedTimeUs(1_790_000_000_000_007L)
        .build();
  }

  private static ArchiveRecord archiveHeader() {
    return ArchiveRecord.newBuilder()
        .setHeader(
            ArchiveHeader.newBuilder()
                .setFormatVersion(1)
                .setExtractionDigest(EXTRACTION)
                .setExtractionRecipe("{\"size\":224}")
                .setCreatedTimeUs(1_790_000_000_000_008L))
        .build();
  }

  private static ArchiveRecord archivedFace() {
    return ArchiveRecord.newBuilder()
        .setFace(
            ArchivedFace.newBuilder()
                .setFrame(faceFrame())
                .setLabel(
                    FaceLabel.newBuilder()
                        .setLabelled(true)
                        .setFake(true)
                        .setDomain("self-blend")
                        .setIdentity("person-9")
                        .setSource("fake/clip.mp4")
                        .setSplit("validation")))
        .build();
  }
}
