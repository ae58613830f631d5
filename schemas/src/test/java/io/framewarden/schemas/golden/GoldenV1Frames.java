package io.framewarden.schemas.golden;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.framewarden.v1.Box;
import io.framewarden.v1.Evidence;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceQuality;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.PixelFormat;
import io.framewarden.v1.Point;
import java.util.Map;

/** Face frames and their scores. */
final class GoldenV1Frames {
  private GoldenV1Frames() {}

  static Map<String, Message> messages() {
    return Map.of(
        "FaceFrame", faceFrame(),
        "FaceFrame-zero-pose", frameOfZeroPose(),
        "FaceFrame-rgb", frameInColour(),
        "FrameScore", score(),
        "FrameScore-zero-quality", scoreOfZeroQuality(),
        "FrameScore-failed", failedScore());
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

  static FaceFrame faceFrame() {
    return FaceFrame.newBuilder()
        .setVideoId("video-1")
        .setAttempt(GoldenV1.ATTEMPT)
        .setSeq(7)
        .setFrameIndex(5_000_000_002L)
        .setPtsUs(6_000_000_003L)
        .setTrackId(4)
        .setBox(box())
        .addLandmarks(Point.newBuilder().setX(71.5f).setY(66.25f))
        .addLandmarks(Point.newBuilder().setX(151.5f).setY(67.25f))
        .setConfidence(0.875f)
        .setWidth(3)
        .setHeight(2)
        .setPixels(ByteString.copyFrom(new byte[] {0, 1, 127, (byte) 128, (byte) 254, -1}))
        .setExtractionDigest(GoldenV1.EXTRACTION)
        .setStream(1)
        .setQuality(
            FaceQuality.newBuilder()
                .setValue(0.25f)
                .setSharpness(0.5f)
                .setSize(0.75f)
                .setPose(0.375f))
        .build();
  }

  private static FaceFrame frameOfZeroPose() {
    return FaceFrame.newBuilder()
        .setVideoId("video-1")
        .setAttempt(GoldenV1.ATTEMPT)
        .setSeq(8)
        .setQuality(FaceQuality.newBuilder().setSharpness(0.5f).setPose(0))
        .build();
  }

  private static FaceFrame frameInColour() {
    return FaceFrame.newBuilder()
        .setVideoId("video-1")
        .setAttempt(GoldenV1.ATTEMPT)
        .setSeq(9)
        .setWidth(1)
        .setHeight(2)
        .setFormat(PixelFormat.RGB8)
        .setPixels(ByteString.copyFrom(new byte[] {0, 1, 127, (byte) 128, (byte) 254, -1}))
        .build();
  }

  private static FrameScore score() {
    return FrameScore.newBuilder()
        .setVideoId("video-1")
        .setAttempt(GoldenV1.ATTEMPT)
        .setSeq(8)
        .setFrameIndex(5_000_000_007L)
        .setPtsUs(6_000_000_008L)
        .setTrackId(4)
        .setBox(box())
        .setQuality(0.625f)
        .setLogit(-1.2345678901234567)
        .setProbability(0.2254)
        .setModelDigest(GoldenV1.MODEL)
        .setModelName("did")
        .setModelVersion("2026.1")
        .setReleaseTimeUs(1_790_000_000_000_023L)
        .setEngine("onnxruntime-1.29.0-cpu")
        .setExtractionDigest(GoldenV1.EXTRACTION)
        .setExtractionMismatch(true)
        .setEvidence(evidence())
        .setScoredTimeUs(1_790_000_000_000_005L)
        .setOriginPartition(11)
        .setOriginOffset(5_000_000_022L)
        .setStream(1)
        .build();
  }

  private static FrameScore scoreOfZeroQuality() {
    return FrameScore.newBuilder()
        .setVideoId("video-1")
        .setAttempt(GoldenV1.ATTEMPT)
        .setSeq(9)
        .setQuality(0)
        .setProbability(0.5)
        .setModelDigest(GoldenV1.MODEL)
        .build();
  }

  private static FrameScore failedScore() {
    return FrameScore.newBuilder()
        .setVideoId("video-1")
        .setAttempt(GoldenV1.ATTEMPT)
        .setSeq(10)
        .setFailure(FailureReason.FACE_FRAME_GONE)
        .setModelDigest(GoldenV1.MODEL)
        .setOriginPartition(0)
        .setOriginOffset(0)
        .build();
  }
}
