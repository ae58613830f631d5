package io.framewarden.detector.scoring.kafka;

import io.framewarden.detector.scoring.ScoringMetrics;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.v1.FrameScore;
import java.util.ArrayList;
import java.util.List;

/**
 * What an open transaction will have done once it is committed. Keeps no frame's bytes. For one
 * thread.
 */
final class TransactionCounts {
  private final List<Letter> letters = new ArrayList<>();
  private int received;
  private int scored;
  private int mismatched;

  void add(ScoringResult answer) {
    received++;
    if (answer.failure().isPresent()) {
      letters.add(
          new Letter(
              answer.origin().topic(),
              answer.origin().partition(),
              answer.origin().offset(),
              answer.failure().get()));
    } else {
      scored++;
      mismatched += answer.score().filter(FrameScore::getExtractionMismatch).isPresent() ? 1 : 0;
    }
  }

  int received() {
    return received;
  }

  /** Puts the transaction into the books. */
  void publish(ScoringMetrics metrics, DeadLetters counter) {
    metrics.committed(received, scored, mismatched);
    for (Letter letter : letters) {
      counter.count(
          letter.topic(),
          letter.partition(),
          letter.offset(),
          letter.failure().reason(),
          letter.failure().message());
    }
  }

  private record Letter(String topic, int partition, long offset, ScoringResult.Failure failure) {}
}
