package io.framewarden.schemas.golden;

import com.google.protobuf.Message;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FramePlace;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import io.framewarden.v1.RescoreRequest;
import java.util.Map;
import java.util.TreeMap;

/** The third version: releases with a shadow's share, and frames that are scored again. */
final class GoldenV3 {
  private GoldenV3() {}

  static GoldenSet set() {
    Map<String, Message> messages = new TreeMap<>();
    messages.put("FrameScore-released", score());
    messages.put("FrameScore-gone", gone());
    messages.put("ModelRelease-shadow", shadow());
    messages.put("ModelRelease-published", published());
    messages.put("RescoreRequest", request());
    return new GoldenSet("v3", messages);
  }

  private static FrameScore score() {
    return FrameScore.newBuilder()
        .setVideoId("video-4")
        .setAttempt(1_790_000_000_100L)
        .setSeq(21)
        .setLogit(-2.5)
        .setProbability(0.0759)
        .setModelDigest("b".repeat(64))
        .setOriginPartition(0)
        .setOriginOffset(5_000_000_022L)
        .setReleaseTimeUs(1_790_000_000_000_023L)
        .build();
  }

  private static FrameScore gone() {
    return FrameScore.newBuilder()
        .setVideoId("video-4")
        .setAttempt(1_790_000_000_100L)
        .setSeq(22)
        .setFailure(FailureReason.FACE_FRAME_GONE)
        .setModelDigest("b".repeat(64))
        .setOriginPartition(7)
        .setOriginOffset(0)
        .setReleaseTimeUs(1_790_000_000_000_023L)
        .build();
  }

  private static ModelRelease shadow() {
    return release(ReleaseStage.SHADOW).setShare(0.1).build();
  }

  private static ModelRelease published() {
    return release(ReleaseStage.PUBLISHED).build();
  }

  private static ModelRelease.Builder release(ReleaseStage stage) {
    return ModelRelease.newBuilder()
        .setModelName("did-small")
        .setVersion("2026.2")
        .setArtifactUri("file:///store/models/did-small/" + "b".repeat(64) + "/")
        .setModelDigest("b".repeat(64))
        .setStage(stage)
        .setReleasedTimeUs(1_790_000_000_000_024L);
  }

  private static RescoreRequest request() {
    return RescoreRequest.newBuilder()
        .setVideoId("video-4")
        .setAttempt(1_790_000_000_100L)
        .setModelDigest("b".repeat(64))
        .setReleaseTimeUs(1_790_000_000_000_023L)
        .addFrames(FramePlace.newBuilder().setSeq(3).setPartition(11).setOffset(6_000_000_025L))
        .build();
  }
}
