package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.FrameScorer;
import io.framewarden.detector.scoring.ScoredFrame;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Answers records of face-frames: decodes what can be decoded, and scores that as one batch. */
final class RecordScorer {
  private final FrameScorer scorer;

  RecordScorer(FrameScorer scorer) {
    this.scorer = scorer;
  }

  /** One answer for each record, in their order. */
  List<Answer> answer(List<ConsumerRecord<byte[], byte[]>> records) {
    Answer[] answers = new Answer[records.size()];
    List<Integer> readable = new ArrayList<>();
    List<FaceFrame> frames = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      try {
        frames.add(decode(records.get(i)));
        readable.add(i);
      } catch (UnreadableMessageException e) {
        answers[i] = deadLetter(records.get(i), e);
      }
    }
    List<ScoredFrame> scored = scorer.score(frames);
    for (int k = 0; k < scored.size(); k++) {
      answers[readable.get(k)] = answer(records.get(readable.get(k)), scored.get(k));
    }
    return Arrays.asList(answers);
  }

  private static FaceFrame decode(ConsumerRecord<byte[], byte[]> record) {
    FaceFrame frame = Topics.FACE_FRAMES.value().decode(record.value());
    if (frame == null) {
      throw new UnreadableMessageException(
          FailureReason.UNREADABLE_MESSAGE, "a record without a value is no face frame");
    }
    return frame;
  }

  private static Answer deadLetter(
      ConsumerRecord<byte[], byte[]> record, UnreadableMessageException why) {
    return new Answer(
        record, Optional.empty(), Optional.of(new Answer.Failure(why.reason(), why.getMessage())));
  }

  private static Answer answer(ConsumerRecord<byte[], byte[]> record, ScoredFrame scored) {
    return new Answer(
        record,
        Optional.of(scored.score()),
        scored.problem().map(problem -> new Answer.Failure(scored.reason(), problem)));
  }
}
