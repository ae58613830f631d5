package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.ScoringRequest;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.serde.UnreadableMessageException;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record of face-frames on its way to the messages that answer it. */
final class RecordScoringRequest extends ScoringRequest {
  private final ConsumerRecord<byte[], byte[]> record;

  private RecordScoringRequest(ConsumerRecord<byte[], byte[]> record, FaceFrame frame) {
    super(frame, record.partition(), record.offset());
    this.record = record;
  }

  private RecordScoringRequest(ConsumerRecord<byte[], byte[]> record, Failure unreadable) {
    super(unreadable);
    this.record = record;
  }

  /** Decodes a record; one that is no face frame becomes a request without a frame. */
  static RecordScoringRequest decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      FaceFrame frame = Topics.FACE_FRAMES.value().decode(record.value());
      if (frame == null) {
        return new RecordScoringRequest(
            record,
            new Failure(
                FailureReason.UNREADABLE_MESSAGE, "a record without a value is no face frame"));
      }
      return new RecordScoringRequest(record, frame);
    } catch (UnreadableMessageException e) {
      return new RecordScoringRequest(record, new Failure(e.reason(), e.getMessage()));
    }
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  /** The score, keyed by its video, and the dead letter of a frame that was not scored. */
  List<ProducerRecord<byte[], byte[]>> messages() {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>(2);
    score()
        .ifPresent(
            score ->
                messages.add(
                    new ProducerRecord<>(
                        Topics.FRAME_SCORES.name(),
                        Topics.FRAME_SCORES.key().encode(score.getVideoId()),
                        Topics.FRAME_SCORES.value().encode(score))));
    failure()
        .ifPresent(
            failure ->
                messages.add(DeadLetters.uncounted(record, failure.reason(), failure.message())));
    return messages;
  }
}
