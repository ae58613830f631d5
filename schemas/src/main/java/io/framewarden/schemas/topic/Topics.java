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
import java.util.function.Consumer;

/**
 * The topics of the pipeline, declared once. Keys are video ids unless a topic says otherwise;
 * values are plain Protobuf bytes. Partitions and configuration hold for topics that are created;
 * those of an existing topic are its operator's.
 */
public final class Topics {
  /** Maximum record size in bytes: a face frame's 50,176 pixels, larger crops, and evidence fit. */
  public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

  /** The maximum size of a dead letter in bytes: the largest record with its headers. */
  public static final int MAX_DEAD_LETTER_BYTES = MAX_RECORD_BYTES + 64 * 1024;

  /** The maximum number of frames in one rescore request; a longer list is several requests. */
  public static final int MAX_RESCORED_FRAMES = 500;

  /** Markers and scores meet in one Streams task, so they need the same number of partitions. */
  private static final int VERDICT_PARTITIONS = 12;

  /** Videos that are stored and wait for extraction. Kept for 7 days. */
  public static final Topic<String, VideoUpload> VIDEO_UPLOADS =
      keyed("video-uploads", VideoUpload.getDefaultInstance(), Contracts::upload)
          .with(12, retained(Duration.ofDays(7)));

  /**
   * The aligned faces of sampled frames. Without a key, so that a long video makes no hot
   * partition. Kept for 24 hours or 20 GiB a partition, whichever is reached first.
   */
  public static final Topic<String, FaceFrame> FACE_FRAMES =
      keyed("face-frames", FaceFrame.getDefaultInstance(), Contracts::faceFrame)
          .with(
              24,
              Map.of(
                  "retention.ms", millis(Duration.ofHours(24)),
                  "retention.bytes", Long.toString(20L * 1024 * 1024 * 1024),
                  "max.message.bytes", Integer.toString(MAX_RECORD_BYTES),
                  "compression.type", "producer"));

  /** Ends of extraction attempts; a marker without a value deletes the video. Kept for 7 days. */
  public static final Topic<String, VideoMarker> VIDEO_MARKERS =
      keyed("video-markers", VideoMarker.getDefaultInstance(), Contracts::marker)
          .with(VERDICT_PARTITIONS, retained(Duration.ofDays(7)));

  /** The active models' scores of face frames. Kept for 7 days. */
  public static final Topic<String, FrameScore> FRAME_SCORES =
      keyed("frame-scores", FrameScore.getDefaultInstance(), Contracts::score)
          .with(VERDICT_PARTITIONS, retained(Duration.ofDays(7)));

  /** The latest verdict of each video. Compacted: kept until the video is deleted. */
  public static final Topic<String, Verdict> VERDICTS =
      keyed("verdicts", Verdict.getDefaultInstance(), Contracts::verdict)
          .with(
              VERDICT_PARTITIONS,
              Map.of(
                  "cleanup.policy",
                  "compact",
                  "max.message.bytes",
                  Integer.toString(MAX_RECORD_BYTES)));

  /** The latest decision of a moderator on each video. Compacted, and kept for 5 years. */
  public static final Topic<String, Decision> MODERATOR_DECISIONS =
      keyed("moderator-decisions", Decision.getDefaultInstance(), Contracts::decision)
          .with(
              12,
              Map.of(
                  "cleanup.policy",
                  "compact,delete",
                  "retention.ms",
                  millis(Duration.ofDays(5 * 365))));

  /** The shadow model's scores, for comparison; they decide nothing. Kept for 7 days. */
  public static final Topic<String, FrameScore> SHADOW_SCORES =
      keyed("shadow-scores", FrameScore.getDefaultInstance(), Contracts::score)
          .with(VERDICT_PARTITIONS, retained(Duration.ofDays(7)));

  /**
   * Face frames to be scored again by the model that judges their video. Kept for 6 hours, longer
   * than the usual deadline of a verdict, after which a request is of no use.
   */
  public static final Topic<String, RescoreRequest> RESCORE_REQUESTS =
      keyed("rescore-requests", RescoreRequest.getDefaultInstance(), Contracts::rescore)
          .with(6, retained(Duration.ofHours(6)));

  /**
   * The releases of models, keyed by model name and digest. Kept for ever: which model was active
   * when may be asked years later.
   */
  public static final Topic<String, ModelRelease> MODEL_RELEASES =
      keyed("model-releases", ModelRelease.getDefaultInstance(), Contracts::release)
          .with(1, Map.of("cleanup.policy", "delete", "retention.ms", "-1"));

  /**
   * Records that could not be used: the original key and bytes, with headers that say why and where
   * from. Kept for 28 days.
   */
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

  /** All topics of the pipeline, in the order of its flow. */
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
      String name, V prototype, Consumer<V> contract) {
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
