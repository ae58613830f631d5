package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.detector.scoring.ScoringRequest;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.v1.FrameScore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What an open transaction will have done once it is committed. Keeps no frame's bytes. For one
 * thread.
 */
final class TransactionCounts {
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private int received;
  private int scored;
  private int mismatched;

  private record DeadLetter(
      String topic, int partition, long offset, ScoringRequest.Failure failure) {}

  void add(RecordScoringRequest request) {
    received++;
    if (request.failure().isPresent()) {
      ConsumerRecord<byte[], byte[]> record = request.record();
      deadLetters.add(
          new DeadLetter(
              record.topic(), record.partition(), record.offset(), request.failure().get()));
    } else {
      scored++;
      mismatched += request.score().filter(FrameScore::getExtractionMismatch).isPresent() ? 1 : 0;
    }
  }

  int received() {
    return received;
  }

  /** Counts a transaction that is committed. */
  void publish(ScoringMetrics metrics, DeadLetters counter) {
    metrics.countCommitted(received, scored, mismatched);
    for (DeadLetter letter : deadLetters) {
      counter.count(
          letter.topic(),
          letter.partition(),
          letter.offset(),
          letter.failure().reason(),
          letter.failure().message());
    }
  }
}
