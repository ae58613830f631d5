package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.InferredFrames;
import io.framewarden.detector.scoring.ScoredFrame;
import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Answers records of face-frames, in three stages that may run in threads of their own: decoding
 * what can be decoded, one call of the engine for that, and making the answers.
 */
final class RecordScorer {
  private final FrameScorer scorer;
  private final ScoringMetrics metrics;

  RecordScorer(FrameScorer scorer, ScoringMetrics metrics) {
    this.scorer = scorer;
    this.metrics = metrics;
  }

  /** The first stage. */
  RecordBatch decode(List<ConsumerRecord<byte[], byte[]>> records) {
    long start = System.nanoTime();
    ScoringResult[] unreadable = new ScoringResult[records.size()];
    List<FaceFrame> frames = new ArrayList<>();
    for (int i = 0; i < unreadable.length; i++) {
      try {
        frames.add(decode(records.get(i)));
      } catch (UnreadableMessageException e) {
        unreadable[i] = deadLetter(records.get(i), e);
      }
    }
    metrics.took(ScoringMetrics.Stage.DECODE, System.nanoTime() - start);
    return new RecordBatch(records, unreadable, frames);
  }

  /** The second stage, for one thread at a time. */
  Inferred infer(RecordBatch batch) {
    return new Inferred(batch, scorer.infer(batch.frames()));
  }

  /** The last stage: one answer for each record, in their order. */
  List<ScoringResult> answers(Inferred inferred) {
    long start = System.nanoTime();
    RecordBatch batch = inferred.batch();
    Iterator<ScoredFrame> scored = inferred.frames().answers().iterator();
    List<ScoringResult> answers = new ArrayList<>();
    for (int i = 0; i < batch.unreadable().length; i++) {
      ScoringResult unreadable = batch.unreadable()[i];
      answers.add(unreadable != null ? unreadable : answer(batch.records().get(i), scored.next()));
    }
    metrics.took(ScoringMetrics.Stage.ANSWER, System.nanoTime() - start);
    return answers;
  }

  /** Nothing is under way, for the thread of the second stage. */
  void rest() {
    scorer.rest();
  }

  /** A batch between the engine and its answers. */
  record Inferred(RecordBatch batch, InferredFrames frames) {}

  private static FaceFrame decode(ConsumerRecord<byte[], byte[]> record) {
    FaceFrame frame = Topics.FACE_FRAMES.value().decode(record.value());
    if (frame == null) {
      throw new UnreadableMessageException(
          FailureReason.UNREADABLE_MESSAGE, "a record without a value is no face frame");
    }
    return frame;
  }

  private static ScoringResult deadLetter(
      ConsumerRecord<byte[], byte[]> record, UnreadableMessageException why) {
    return new ScoringResult(
        record,
        Optional.empty(),
        Optional.of(new ScoringResult.Failure(why.reason(), why.getMessage())));
  }

  private static ScoringResult answer(ConsumerRecord<byte[], byte[]> record, ScoredFrame scored) {
    return new ScoringResult(
        record,
        Optional.of(
            scored.score().toBuilder()
                .setOriginPartition(record.partition())
                .setOriginOffset(record.offset())
                .build()),
        scored.problem().map(problem -> new ScoringResult.Failure(scored.reason(), problem)));
  }
}
