package io.framewarden.schemas.golden;

import com.google.protobuf.Message;
import io.framewarden.v1.Provenance;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.util.Map;
import java.util.TreeMap;

/** The fourth version: how people were told apart. */
final class GoldenV4 {
  private GoldenV4() {}

  static GoldenSet set() {
    Map<String, Message> messages = new TreeMap<>();
    messages.put("VideoMarker-tracking", marker());
    messages.put("Verdict-tracking", verdict());
    return new GoldenSet("v4", messages);
  }

  private static VideoMarker marker() {
    return VideoMarker.newBuilder()
        .setVideoId("video-5")
        .setAttempt(1_790_000_000_200L)
        .setFaceFrames(12)
        .setSampling("4/s, at least 32")
        .setTracking("least-squared-distance-1 min_iou=0.2")
        .build();
  }

  private static Verdict verdict() {
    return Verdict.newBuilder()
        .setVideoId("video-5")
        .setAttempt(1_790_000_000_200L)
        .setStatus(VerdictStatus.FINAL)
        .setRevision(1)
        .setLabel(VerdictLabel.REAL)
        .setProvenance(
            Provenance.newBuilder()
                .setSampling("4/s, at least 32")
                .setTracking("least-squared-distance-1 min_iou=0.2"))
        .build();
  }
}
