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
 * Takes markers and scores as bytes, moves the video's course on, and forwards verdicts and dead
 * letters. One instance per task, on that task's thread.
 */
final class VerdictProcessor implements Processor<byte[], byte[], Object, Object> {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration LONGEST_SWEEP = Duration.ofHours(1);
  private static final int SWEEPS_PER_RETENTION = 10;

  private final VideoLifecycle course;
  private final Duration sweep;
  private final DeadLetters deadLetters;
  private final VerdictMetrics metrics;
  private ProcessorContext<Object, Object> context;
  private VideoStateStore videos;

  VerdictProcessor(VerdictConfig config, DeadLetters deadLetters, VerdictMetrics metrics) {
    this.course = new VideoLifecycle(config.policy(), config.times());
    Duration part = config.times().retention().dividedBy(SWEEPS_PER_RETENTION);
    this.sweep = part.compareTo(LONGEST_SWEEP) < 0 ? part : LONGEST_SWEEP;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> given) {
    context = given;
    videos = new VideoStateStore(context.getStateStore(VerdictTopology.STORE), course, metrics);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    context.schedule(sweep, PunctuationType.WALL_CLOCK_TIME, videos::sweep);
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    RecordMetadata origin = context.recordMetadata().orElseThrow();
    boolean isScore = origin.topic().equals(Topics.FRAME_SCORES.name());
    if (isScore) {
      metrics.received();
    }
    try {
      if (isScore) {
        takeScore(message);
      } else {
        takeMarker(message);
      }
    } catch (UnreadableMessageException e) {
      bury(message, origin, e);
    }
  }

  @Override
  public void close() {
    if (videos != null) {
      videos.close();
    }
  }

  private void takeScore(Record<byte[], byte[]> message) {
    FrameScore score = read(Topics.FRAME_SCORES, message);
    checkKey(message, score.getVideoId());
    VideoState known = videos.get(score.getVideoId());
    Transition outcome = course.onScore(known, score, context.currentSystemTimeMs());
    metrics.score(outcome.effect());
    settle(score.getVideoId(), outcome, message.timestamp());
  }

  private void takeMarker(Record<byte[], byte[]> message) {
    if (message.value() == null) {
      delete(message);
      return;
    }
    VideoMarker marker = read(Topics.VIDEO_MARKERS, message);
    checkKey(message, marker.getVideoId());
    VideoState known = videos.get(marker.getVideoId());
    Transition outcome = course.onMarker(known, marker, context.currentSystemTimeMs());
    settle(marker.getVideoId(), outcome, message.timestamp());
  }

  /**
   * A marker without a value is the video's tombstone. Its verdict is deleted here, by the one who
   * writes verdicts, so that none can come after; what is still under way of the video is older
   * than the tombstone's attempt and counts for nothing.
   */
  private void delete(Record<byte[], byte[]> message) {
    String videoId = Topics.VIDEO_MARKERS.key().decode(message.key());
    if (videoId == null || videoId.isEmpty()) {
      throw invalid("a tombstone without a key");
    }
    videos.put(videoId, VideoState.deleted(context.currentSystemTimeMs()));
    context.forward(new Record<>(videoId, null, message.timestamp()), VerdictTopology.VERDICT_SINK);
  }

  private void tick(long nowMs) {
    for (String videoId : videos.due(nowMs)) {
      settle(videoId, course.onTime(videoId, videos.get(videoId), nowMs), nowMs);
    }
  }

  private void settle(String videoId, Transition outcome, long timestamp) {
    if (outcome.effect() != Transition.Effect.COUNTED) {
      return;
    }
    videos.put(videoId, outcome.state());
    outcome.verdict().ifPresent(verdict -> give(verdict, timestamp));
    outcome.rescores().forEach(request -> askFor(request, timestamp));
  }

  private void give(Verdict verdict, long timestamp) {
    context.forward(
        new Record<>(verdict.getVideoId(), verdict, timestamp), VerdictTopology.VERDICT_SINK);
    metrics.verdict(verdict);
  }

  private void askFor(RescoreRequest request, long timestamp) {
    context.forward(
        new Record<>(request.getVideoId(), request, timestamp), VerdictTopology.RESCORE_SINK);
    metrics.rescore(request.getFramesCount());
  }

  private void bury(
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

  /** A record under another key is in another video's partition, out of reach of its state. */
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
