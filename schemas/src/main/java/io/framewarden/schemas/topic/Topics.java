package io.framewarden.schemas.topic;

import com.google.protobuf.Message;
import io.framewarden.schemas.serde.Codec;
import io.framewarden.schemas.serde.ProtoCodec;
import io.framewarden.v1.Decision;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The topics of the pipeline, in the order of its flow. */
public final class Topics {
  /** The largest record: a face frame of 50,176 pixels with room for larger crops and evidence. */
  public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

  /** The largest dead letter: the largest record and the headers that say why. */
  public static final int MAX_DEAD_LETTER_BYTES = MAX_RECORD_BYTES + 64 * 1024;

  /** The most frames that one request names; a longer list is several requests. */
  public static final int MAX_RESCORED_FRAMES = 500;

  /** Markers and scores meet in one Streams task, so they share this count. */
  private static final int VERDICT_PARTITIONS = 12;

  private static final int FRAME_PARTITIONS = 24;
  private static final long FRAME_BYTES_PER_PARTITION = 20L * 1024 * 1024 * 1024;

  public static final Topic<String, VideoUpload> VIDEO_UPLOADS =
      keyed("video-uploads", VideoUpload.getDefaultInstance(), Contracts::upload)
          .with(12, retained(Duration.ofDays(7)));

  /** No key: a long video must not make a hot partition. */
  public static final Topic<String, FaceFrame> FACE_FRAMES =
      keyed("face-frames", FaceFrame.getDefaultInstance(), Contracts::faceFrame)
          .with(
              FRAME_PARTITIONS,
              Map.of(
                  "retention.ms", millis(Duration.ofHours(24)),
                  "retention.bytes", Long.toString(FRAME_BYTES_PER_PARTITION),
                  "max.message.bytes", Integer.toString(MAX_RECORD_BYTES),
                  "compression.type", "producer"));

  public static final Topic<String, VideoMarker> VIDEO_MARKERS =
      keyed("video-markers", VideoMarker.getDefaultInstance(), Contracts::marker)
          .with(VERDICT_PARTITIONS, retained(Duration.ofDays(7)));

  public static final Topic<String, FrameScore> FRAME_SCORES =
      keyed("frame-scores", FrameScore.getDefaultInstance(), Contracts::score)
          .with(VERDICT_PARTITIONS, retained(Duration.ofDays(7)));

  public static final Topic<String, Verdict> VERDICTS =
      keyed("verdicts", Verdict.getDefaultInstance(), Contracts::verdict)
          .with(
              VERDICT_PARTITIONS,
              Map.of(
                  "cleanup.policy",
                  "compact",
                  "max.message.bytes",
                  Integer.toString(MAX_RECORD_BYTES)));

  public static final Topic<String, Decision> MODERATOR_DECISIONS =
      keyed("moderator-decisions", Decision.getDefaultInstance(), Contracts::decision)
          .with(
              12,
              Map.of(
                  "cleanup.policy",
                  "compact,delete",
                  "retention.ms",
                  millis(Duration.ofDays(5 * 365))));

  /** Scores of the model in the shadow, for comparison; they decide nothing. */
  public static final Topic<String, FrameScore> SHADOW_SCORES =
      keyed("shadow-scores", FrameScore.getDefaultInstance(), Contracts::score)
          .with(VERDICT_PARTITIONS, retained(Duration.ofDays(7)));

  /** Longer than any deadline of a verdict: a request outlives its use anyway. */
  public static final Topic<String, RescoreRequest> RESCORE_REQUESTS =
      keyed("rescore-requests", RescoreRequest.getDefaultInstance(), Contracts::rescore)
          .with(6, retained(Duration.ofHours(6)));

  /** A log that forgets nothing: who was active when is a question that is asked years later. */
  public static final Topic<String, ModelRelease> MODEL_RELEASES =
      keyed("model-releases", ModelRelease.getDefaultInstance(), Contracts::release)
          .with(1, Map.of("cleanup.policy", "delete", "retention.ms", "-1"));

  /** Original bytes; the headers say why they are here. */
  public static final Topic<byte[], byte[]> DEAD_LETTERS =
      new Topic<>(
          "dead-letters",
          Codec.bytes(),
          Codec.bytes(),
          3,
          Map.of(
              "retention.ms", millis(Duration.ofDays(28)),
              "max.message.bytes", Integer.toString(MAX_DEAD_LETTER_BYTES)));

  private Topics() {}

  /** Every topic of the pipeline. */
  public static List<Topic<?, ?>> all() {
    return List.of(
        VIDEO_UPLOADS,
        FACE_FRAMES,
        VIDEO_MARKERS,
        FRAME_SCORES,
        SHADOW_SCORES,
        RESCORE_REQUESTS,
        VERDICTS,
        MODERATOR_DECISIONS,
        MODEL_RELEASES,
        DEAD_LETTERS);
  }

  private static <V extends Message> Draft<V> keyed(
      String name, V prototype, Function<V, Optional<String>> contract) {
    return new Draft<>(name, new ProtoCodec<>(prototype, contract));
  }

  private static Map<String, String> retained(Duration time) {
    return Map.of("retention.ms", millis(time));
  }

  private static String millis(Duration time) {
    return Long.toString(time.toMillis());
  }

  private record Draft<V extends Message>(String name, ProtoCodec<V> value) {
    Topic<String, V> with(int partitions, Map<String, String> config) {
      return new Topic<>(name, Codec.text(), value, partitions, config);
    }
  }
}
