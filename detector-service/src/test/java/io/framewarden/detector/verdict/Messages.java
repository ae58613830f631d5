package io.framewarden.detector.verdict;

import io.framewarden.runtime.config.Settings;
import io.framewarden.v1.Box;
import io.framewarden.v1.Evidence;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.Map;
import java.util.TreeMap;

/** Scores, markers and configurations for tests. */
public final class Messages {
  public static final String VIDEO = "video-1";
  public static final long ATTEMPT = 1_700_000_000_000L;

  /** Sampled four times a second. */
  public static final long FRAME_US = 250_000;

  private Messages() {}

  public static FrameScore score(int seq, double probability) {
    return score(seq, 0, probability);
  }

  public static FrameScore score(int seq, int track, double probability) {
    return FrameScore.newBuilder()
        .setVideoId(VIDEO)
        .setAttempt(ATTEMPT)
        .setSeq(seq)
        .setFrameIndex(seq * 6L)
        .setPtsUs(seq * FRAME_US)
        .setTrackId(track)
        .setBox(Box.newBuilder().setX(10).setY(20).setWidth(100).setHeight(120))
        .setLogit(Math.log(probability / (1 - probability)))
        .setProbability(probability)
        .setModelDigest("d".repeat(64))
        .setModelName("did")
        .setModelVersion("2026.1")
        .setEngine("onnxruntime-1.29.0-cpu")
        .setExtractionDigest("e".repeat(64))
        .setScoredTimeUs(5_000_000 + seq)
        .build();
  }

  public static FrameScore withEvidence(FrameScore score) {
    return score.toBuilder()
        .setEvidence(Evidence.newBuilder().setAttentionWidth(1).setAttentionHeight(1))
        .build();
  }

  public static FrameScore failed(int seq) {
    return score(seq, 0.5).toBuilder()
        .clearProbability()
        .clearLogit()
        .setFailure(FailureReason.MALFORMED_PIXELS)
        .build();
  }

  public static VideoMarker marker(int faceFrames) {
    return VideoMarker.newBuilder()
        .setVideoId(VIDEO)
        .setAttempt(ATTEMPT)
        .setFaceFrames(faceFrames)
        .setDecodedFrames(240)
        .setSampledFrames(40)
        .setDurationUs(10_000_000)
        .addStreams(
            VideoStream.newBuilder()
                .setCodec("h264")
                .setDecodedFrames(240)
                .setSampledFrames(40)
                .setEndUs(10_000_000))
        .setTracks(faceFrames == 0 ? 0 : 1)
        .setExtractionDigest("e".repeat(64))
        .setContentSha256("c".repeat(64))
        .setSampling("4/s, at least 32")
        .setTracking("tracker 1")
        .setReceivedTimeUs(1_000_000)
        .setStartedTimeUs(2_000_000)
        .setFinishedTimeUs(4_000_000)
        .build();
  }

  /** A configuration by name and value pairs; bad ones throw. */
  public static VerdictConfig config(String... namesAndValues) {
    Map<String, String> environment = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    Settings settings = new Settings(environment);
    VerdictConfig config = VerdictConfig.from(settings);
    settings.check();
    return config;
  }
}
