package io.framewarden.detector.replay;

import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.detector.scoring.ScoringPolicy;
import io.framewarden.detector.verdict.VerdictPolicy;
import io.framewarden.detector.verdict.VerdictTimings;
import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.kafka.TopicRange;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topic;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FaceFrame;
import io.prometheus.client.CollectorRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Scores the face frames that a topic still holds again, and compares with what frame-scores and
 * verdicts say of them. Joins no group and writes nothing: the running scorers do not notice. One
 * use, one thread; the model stays the caller's.
 */
public final class FrameReplay {
  private final KafkaConnection connection;
  private final LoadedModel model;
  private final int batchSize;
  private final FrameScorer scorer;
  private final ReplayedVideos videos;
  private final LongConsumer progress;
  private final List<FaceFrame> batch = new ArrayList<>();
  private long unreadable;
  private long replayed;

  /**
   * @param scoring what happens to frames of another extraction
   * @param verdicts policy of the replayed verdicts, and of what counts as a disagreement
   * @param progress told how many frames were scored
   */
  public FrameReplay(
      KafkaConnection connection,
      LoadedModel model,
      int batchSize,
      ScoringPolicy scoring,
      VerdictPolicy verdicts,
      VerdictTimings times,
      LongConsumer progress) {
    this.connection = connection;
    this.model = model;
    this.batchSize = batchSize;
    this.videos = new ReplayedVideos(verdicts, times);
    this.progress = progress;
    this.scorer =
        new FrameScorer(() -> model, scoring, new ScoringMetrics(new CollectorRegistry()), () -> 0);
  }

  /**
   * Replays.
   *
   * @throws IllegalArgumentException when the start names a partition that is not there
   * @throws java.io.UncheckedIOException when the broker stops answering
   * @throws io.framewarden.detector.engine.InferenceException when the engine cannot answer
   */
  public ReplayReport run(TopicRange.Start start) {
    TopicRange.read(connection, Topics.FACE_FRAMES, start, this::take);
    score();
    each(Topics.FRAME_SCORES, videos::then);
    each(Topics.VIDEO_MARKERS, videos::marker);
    each(Topics.VERDICTS, videos::verdict);
    return new ReplayReport(model.digest(), unreadable, videos.scores(), videos.videos());
  }

  private void take(ConsumerRecord<byte[], byte[]> message) {
    try {
      if (message.value() == null) {
        unreadable++;
        return;
      }
      batch.add(Topics.FACE_FRAMES.value().decode(message.value()));
    } catch (UnreadableMessageException e) {
      unreadable++;
      return;
    }
    if (batch.size() == batchSize) {
      score();
    }
  }

  private void score() {
    scorer.score(batch).forEach(scored -> videos.now(scored.score()));
    replayed += batch.size();
    batch.clear();
    progress.accept(replayed);
  }

  /** Everything a topic holds; whoever processes it accounts for what cannot be read. */
  private <V> void each(Topic<String, V> topic, Consumer<V> reader) {
    TopicRange.read(
        connection,
        topic,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> {
          if (message.value() != null) {
            try {
              reader.accept(topic.value().decode(message.value()));
            } catch (UnreadableMessageException e) {
              // not ours to account for
            }
          }
        });
  }
}
