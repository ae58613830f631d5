package io.framewarden.detector.scoring.kafka;

import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What is sent for one record of face-frames.
 *
 * @param origin the record
 * @param score its score, perhaps a failed one; empty when not even its ids can be read
 * @param failure why it is a dead letter; empty when it was scored
 */
record ScoringResult(
    ConsumerRecord<byte[], byte[]> origin, Optional<FrameScore> score, Optional<Failure> failure) {

  /** Why a record is a dead letter. */
  record Failure(FailureReason reason, String message) {}

  /** The score, keyed by its video, and the dead letter. */
  List<ProducerRecord<byte[], byte[]>> messages() {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>(2);
    score.ifPresent(
        value ->
            messages.add(
                new ProducerRecord<>(
                    Topics.FRAME_SCORES.name(),
                    Topics.FRAME_SCORES.key().encode(value.getVideoId()),
                    Topics.FRAME_SCORES.value().encode(value))));
    failure.ifPresent(
        why -> messages.add(DeadLetters.uncounted(origin, why.reason(), why.message())));
    return messages;
  }
}
