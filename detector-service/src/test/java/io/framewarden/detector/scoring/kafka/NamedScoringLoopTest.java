package io.framewarden.detector.scoring.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A scorer that may come back under the instance name of one that died. */
class NamedScoringLoopTest extends ScoringLoopFixture {
  @Override
  String instance() {
    return "scorer-a";
  }

  @Test
  void requestsARebalanceOnce() {
    loop.step();
    assertTrue(
        consumer.shouldRebalance(), "partitions that its predecessor gave up may have no owner");

    consumer.resetShouldRebalance();
    addFrames(P0, 0, BATCH);
    drain();
    assertFalse(consumer.shouldRebalance());
    assertEquals(List.of(0, 1, 2, 3), committedSeqs());
  }
}
