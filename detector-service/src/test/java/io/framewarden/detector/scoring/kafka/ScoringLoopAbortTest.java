package io.framewarden.detector.scoring.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.engine.InferenceException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;

/** What the loop does when a transaction or its partitions are taken from it. */
class ScoringLoopAbortTest extends ScoringLoopFixture {

  @Test
  void abortsAndReadsAgainFromTheCommittedOffsets() {
    addFrames(P0, 0, BATCH);
    producer.commitTransactionException = new CommitFailedException("rebalanced");
    drain();
    assertTrue(producer.transactionAborted());
    assertEquals(List.of(), producer.history());
    assertTotals(0, 0, 0);
    assertEquals(1.0, transactions("aborted"));
    producer.commitTransactionException = null;

    loop.step();
    addFrames(P0, 0, BATCH); // the mock hands records out once: the seek makes it take these
    drain();

    assertEquals(List.of(0, 1, 2, 3), committedSeqs());
    assertTotals(4, 4, 0);
  }

  @Test
  void rewindsEachPartitionToItsCommittedOffset() {
    consumer.commitSync(Map.of(P1, new OffsetAndMetadata(5)));
    consumer.seek(P1, 5);
    addFrames(P0, 0, 2);
    addFrames(P1, 5, 2);
    producer.sendOffsetsToTransactionException = new KafkaException("coordinator moved");
    drain();
    producer.sendOffsetsToTransactionException = null;

    loop.step();

    assertEquals(0, consumer.position(P0));
    assertEquals(5, consumer.position(P1));
  }

  @Test
  void givesUpAfterTooManyAbortsInARow() {
    producer.commitTransactionException = new KafkaException("again");

    assertThrows(
        KafkaException.class,
        () -> {
          for (int i = 0; i <= ScoringLoop.MAX_ABORTS; i++) {
            addFrames(P0, 0, BATCH);
            drain();
          }
        });
    assertEquals(5.0, transactions("aborted"));
  }

  @Test
  void aFailedEngineEndsTheLoopAndCommitsNothing() {
    addFrames(P0, 0, BATCH);
    engine.breakDown("Cuda failure: 700");

    InferenceException failure = assertThrows(InferenceException.class, this::drain);

    assertEquals("Cuda failure: 700", failure.getMessage());
    assertEquals(List.of(), committedSeqs());
    assertTotals(0, 0, 0);
  }

  @Test
  void aFencedScorerStopsAtOnce() {
    addFrames(P0, 0, BATCH);
    loop.step();
    producer.fenceProducer();

    assertThrows(ProducerFencedException.class, loop::step);
    assertTotals(0, 0, 0);
  }

  @Test
  void commitsItsScoresBeforePartitionsAreRevoked() {
    addFrames(P0, 0, BATCH);
    addFrames(P1, 0, 1);
    loop.step();

    consumer.rebalance(List.of(P0));

    assertEquals(4, committedSeqs().size());
    assertNull(offsets().get(P1), "the waiting frame of the other partition is left to others");
    waitMillis(20);
    loop.step();
    assertEquals(4, committedSeqs().size());
  }

  @Test
  void neverCommitsRecordsOfLostPartitions() {
    addFrames(P0, 0, BATCH);
    loop.step();

    loop.onPartitionsLost(List.of(P0));
    waitMillis(5000);
    loop.finish();

    assertEquals(0, producer.commitCount());
    assertTrue(producer.transactionAborted());
    assertFalse(loop.hasAssignment());
  }
}
