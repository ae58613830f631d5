package io.framewarden.detector.verdict.topology;

import io.framewarden.detector.verdict.Transition;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.detector.verdict.VideoLifecycle;
import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VideoMarker;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reads markers and scores from bytes, applies them to the video's state, and forwards verdicts,
 * rescore requests and dead letters. One instance for each task, on that task's thread.
 */
final class VerdictProcessor implements Processor<byte[], byte[], Object, Object> {
  private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);
  private static final Duration MAX_EXPIRY_INTERVAL = Duration.ofHours(1);
  private static final int EXPIRY_CHECKS_PER_RETENTION = 10;

  private final VideoLifecycle lifecycle;
  private final Duration expiryInterval;
  private final DeadLetters deadLetters;
  private final VerdictMetrics metrics;
  private ProcessorContext<Object, Object> context;
  private VideoStateStore videos;

  VerdictProcessor(VerdictConfig config, DeadLetters deadLetters, VerdictMetrics metrics) {
    this.lifecycle = new VideoLifecycle(config.policy(), config.timings());
    Duration part = config.timings().retention().dividedBy(EXPIRY_CHECKS_PER_RETENTION);
    this.expiryInterval = part.compareTo(MAX_EXPIRY_INTERVAL) < 0 ? part : MAX_EXPIRY_INTERVAL;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> processorContext) {
    context = processorContext;
    videos = new VideoStateStore(context.getStateStore(VerdictTopology.STORE), lifecycle, metrics);
    context.schedule(CHECK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::emitDueVerdicts);
    context.schedule(expiryInterval, PunctuationType.WALL_CLOCK_TIME, videos::removeExpired);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    boolean isScore = origin.topic().equals(Topics.FRAME_SCORES.name());
    if (isScore) {
      metrics.countReceived();
    }
    try {
      if (isScore) {
        onScore(message);
      } else {
        onMarker(message);
      }
    } catch (UnreadableMessageException e) {
      deadLetter(message, origin, e);
    }
  }

  @Override
  public void close() {
    if (videos != null) {
      videos.close();
    }
  }

  private void onScore(Record<byte[], byte[]> message) {
    FrameScore score = read(Topics.FRAME_SCORES, message);
    checkKey(message, score.getVideoId());
    VideoState known = videos.get(score.getVideoId());
    Transition transition = lifecycle.onScore(known, score, context.currentSystemTimeMs());
    metrics.countScore(transition.effect());
    emit(score.getVideoId(), transition, message.timestamp());
  }

  private void onMarker(Record<byte[], byte[]> message) {
    if (message.value() == null) {
      delete(message);
      return;
    }
    VideoMarker marker = read(Topics.VIDEO_MARKERS, message);
    checkKey(message, marker.getVideoId());
    VideoState known = videos.get(marker.getVideoId());
    Transition transition = lifecycle.onMarker(known, marker, context.currentSystemTimeMs());
    emit(marker.getVideoId(), transition, message.timestamp());
  }

  /**
   * A marker without a value is the video's tombstone. The verdict is deleted here, by the only
   * writer of verdicts, so that none can follow. Records of the video that are still on their way
   * belong to a lower attempt than the tombstone's and are stale.
   */
  private void delete(Record<byte[], byte[]> message) {
    String videoId = Topics.VIDEO_MARKERS.key().decode(message.key());
    if (videoId == null || videoId.isEmpty()) {
      throw invalid("a tombstone without a key");
    }
    videos.put(videoId, VideoState.deleted(context.currentSystemTimeMs()));
    context.forward(new Record<>(videoId, null, message.timestamp()), VerdictTopology.VERDICT_SINK);
  }

  private void emitDueVerdicts(long nowMs) {
    for (String videoId : videos.due(nowMs)) {
      emit(videoId, lifecycle.onTime(videoId, videos.get(videoId), nowMs), nowMs);
    }
  }

  private void emit(String videoId, Transition transition, long timestamp) {
    if (transition.effect() != Transition.Effect.COUNTED) {
      return;
    }
    videos.put(videoId, transition.state());
    transition.verdict().ifPresent(verdict -> emitVerdict(verdict, timestamp));
    transition.rescores().forEach(request -> requestRescore(request, timestamp));
  }

  private void emitVerdict(Verdict verdict, long timestamp) {
    context.forward(
        new Record<>(verdict.getVideoId(), verdict, timestamp), VerdictTopology.VERDICT_SINK);
    metrics.countVerdict(verdict);
  }

  private void requestRescore(RescoreRequest request, long timestamp) {
    context.forward(
        new Record<>(request.getVideoId(), request, timestamp), VerdictTopology.RESCORE_SINK);
    metrics.countRescores(request.getFramesCount());
  }

  private void deadLetter(
      Record<byte[], byte[]> message, RecordMetadata origin, UnreadableMessageException problem) {
    Headers headers = new RecordHeaders(message.headers().toArray());
    DeadLetters.describe(
        headers,
        origin.topic(),
        origin.partition(),
        origin.offset(),
        problem.reason(),
        problem.getMessage());
    context.forward(message.withHeaders(headers), VerdictTopology.DEAD_LETTER_SINK);
    deadLetters.count(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        problem.reason(),
        problem.getMessage());
  }

  private static <V> V read(Topic<String, V> topic, Record<byte[], byte[]> message) {
    if (message.value() == null) {
      throw invalid("a record without a value");
    }
    return topic.value().decode(message.value());
  }

  /** A record under another key lies in a partition where its video's state is not at hand. */
  private static void checkKey(Record<byte[], byte[]> message, String videoId) {
    String key = Topics.VIDEO_MARKERS.key().decode(message.key());
    if (!videoId.equals(key)) {
      throw invalid("key " + key + " is not its video_id " + videoId);
    }
  }

  private static UnreadableMessageException invalid(String problem) {
    return new UnreadableMessageException(FailureReason.INVALID_MESSAGE, problem);
  }
}
