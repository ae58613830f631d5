package io.framewarden.schemas.golden;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceQuality;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Provenance;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.util.Map;
import java.util.TreeMap;

/** The fourth version: how people were told apart, and how good the frames of their faces are. */
final class GoldenV4 {
  private GoldenV4() {}

  static GoldenSet set() {
    Map<String, Message> messages = new TreeMap<>();
    messages.put("FaceFrame-quality", frame());
    messages.put("FrameScore-quality", score());
    messages.put("VideoMarker-tracking", marker());
    messages.put("Verdict-tracking", verdict());
    return new GoldenSet("v4", messages);
  }

  private static FaceFrame frame() {
    return FaceFrame.newBuilder()
        .setVideoId("video-5")
        .setAttempt(1_790_000_000_200L)
        .setSeq(11)
        .setWidth(2)
        .setHeight(1)
        .setPixels(ByteString.copyFrom(new byte[] {1, 2}))
        .setQuality(
            FaceQuality.newBuilder()
                .setValue(0.25f)
                .setSharpness(0.5f)
                .setSize(0.75f)
                .setPose(0.25f))
        .build();
  }

  private static FrameScore score() {
    return FrameScore.newBuilder()
        .setVideoId("video-5")
        .setAttempt(1_790_000_000_200L)
        .setSeq(11)
        .setProbability(0.5)
        .setModelDigest("b".repeat(64))
        .setQuality(0)
        .build();
  }

  private static VideoMarker marker() {
    return VideoMarker.newBuilder()
        .setVideoId("video-5")
        .setAttempt(1_790_000_000_200L)
        .setFaceFrames(12)
        .setSampling("4/s, at least 32")
        .setTracking("least-squared-distance-1 min_iou=0.2")
        .setCuts(3)
        .setIgnoredFaces(5_000_000_004L)
        .build();
  }

  private static Verdict verdict() {
    return Verdict.newBuilder()
        .setVideoId("video-5")
        .setAttempt(1_790_000_000_200L)
        .setStatus(VerdictStatus.FINAL)
        .setRevision(1)
        .setLabel(VerdictLabel.REAL)
        .addTracks(TrackVerdict.newBuilder().setTrackId(1).setFrames(10).setPoorFrames(2))
        .setProvenance(
            Provenance.newBuilder()
                .setSampling("4/s, at least 32")
                .setTracking("least-squared-distance-1 min_iou=0.2"))
        .build();
  }
}
