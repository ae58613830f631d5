package io.framewarden.detector.replay;

import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.detector.scoring.ScoringPolicy;
import io.framewarden.detector.scoring.ScoringRequest;
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
 * verdicts say of them. Joins no group and writes nothing: the running scorers are not affected.
 * One use, one thread; the model stays the caller's.
 */
public final class FrameReplay {
  private final KafkaConnection connection;
  private final LoadedModel model;
  private final int batchSize;
  private final FrameScorer scorer;
  private final ReplayedVideos videos;
  private final LongConsumer progress;
  private final List<ScoringRequest> batch = new ArrayList<>();
  private long unreadable;
  private long replayed;

  /**
   * @param scoring what happens to frames of another extraction
   * @param verdicts policy of the replayed verdicts, and of what counts as a disagreement
   * @param progress is told how many frames were scored
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
    this.scorer = new FrameScorer(scoring, new ScoringMetrics(new CollectorRegistry()), () -> 0);
  }

  /**
   * Scores the retained frames and compares.
   *
   * @throws IllegalArgumentException when the start names a partition that is not there
   * @throws java.io.UncheckedIOException when the broker stops answering
   * @throws io.framewarden.detector.engine.InferenceException when the engine cannot answer
   */
  public ReplayReport run(TopicRange.Start start) {
    TopicRange.read(connection, Topics.FACE_FRAMES, start, this::read);
    score();
    readAll(Topics.FRAME_SCORES, videos::addEarlierScore);
    readAll(Topics.VIDEO_MARKERS, videos::addMarker);
    readAll(Topics.VERDICTS, videos::addVerdict);
    return videos.report(model.digest(), unreadable);
  }

  private void read(ConsumerRecord<byte[], byte[]> message) {
    try {
      if (message.value() == null) {
        unreadable++;
        return;
      }
      FaceFrame frame = Topics.FACE_FRAMES.value().decode(message.value());
      batch.add(new ScoringRequest(frame, message.partition(), message.offset()));
    } catch (UnreadableMessageException e) {
      unreadable++;
      return;
    }
    if (batch.size() == batchSize) {
      score();
    }
  }

  private void score() {
    scorer.score(model, batch);
    batch.forEach(request -> videos.addReplayedScore(request.score().orElseThrow()));
    replayed += batch.size();
    batch.clear();
    progress.accept(replayed);
  }

  /** Reads everything that a topic holds; its consumer accounts for what cannot be read. */
  private <V> void readAll(Topic<String, V> topic, Consumer<V> reader) {
    TopicRange.read(
        connection,
        topic,
        new TopicRange.Start.At(Instant.EPOCH),
        message -> {
          if (message.value() != null) {
            try {
              reader.accept(topic.value().decode(message.value()));
            } catch (UnreadableMessageException e) {
              // counted and dead-lettered by the topic's consumer
            }
          }
        });
  }
}
