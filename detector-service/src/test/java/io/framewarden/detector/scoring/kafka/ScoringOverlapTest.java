package io.framewarden.detector.scoring.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.engine.InferenceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the loop does while the engine is at work: here it works when a test says so. */
class ScoringOverlapTest extends ScoringLoopFixture {
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @BeforeEach
  void holdTheEngine() {
    engineThread = waiting::add;
  }

  @Test
  void submitsBatchesWhileTheEngineHasOne() {
    addFrames(P0, 0, 3 * BATCH);

    loop.step();

    assertEquals(3, waiting.size());
    assertEquals(List.of(), engine.takeBatchSizes());
    assertEquals(12.0, registry.getSampleValue("framewarden_scorer_queue_frames"));
  }

  @Test
  void commitsFinishedBatchesWhileOthersAreInFlight() {
    addFrames(P0, 0, 3 * BATCH);
    loop.step();

    waiting.remove().run();
    waiting.remove().run();
    loop.step();

    assertEquals(IntStream.range(0, FULL).boxed().toList(), committedSeqs());
    assertEquals(FULL, committedOffset(P0));
    assertTotals(8, 8, 0);
  }

  @Test
  void pausesPartitionsWhenTheEngineIsBehindAndResumesThem() {
    int held = (ScoringPipeline.MAX_BATCHES + BackPressure.MAX_WAITING_BATCHES) * BATCH;
    addFrames(P0, 0, held);
    loop.step();
    assertEquals(ScoringPipeline.MAX_BATCHES, waiting.size());

    addFrames(P0, held, BATCH);
    loop.step();
    assertEquals(Set.of(P0, P1), consumer.paused());
    assertEquals((double) held, registry.getSampleValue("framewarden_scorer_queue_frames"));

    while (!waiting.isEmpty()) {
      waiting.remove().run();
      loop.step();
    }
    loop.step();
    assertEquals(Set.of(), consumer.paused());
    runEverything();
    assertEquals(IntStream.range(0, held + BATCH).boxed().toList(), committedSeqs());
  }

  @Test
  void aPartialBatchWaitsToFillWhileTheEngineIsBusy() {
    addFrames(P0, 0, 2 * BATCH + 1);
    loop.step();
    waitMillis(100);
    loop.step();
    assertEquals(2, waiting.size(), "one more face would not be scored sooner in a batch of one");

    waiting.remove().run();
    loop.step();
    assertEquals(2, waiting.size());
  }

  @Test
  void aRevocationWaitsForBatchesInFlight() {
    addFrames(P0, 0, BATCH);
    engineThread = task -> new Thread(task, "engine").start();
    loop.step();

    consumer.rebalance(List.of(P1));

    assertEquals(4, committedSeqs().size());
    assertEquals(4, committedOffset(P0));
  }

  @Test
  void scoresOfLostPartitionsAreDiscarded() {
    addFrames(P0, 0, 2 * BATCH);
    loop.step();

    loop.onPartitionsLost(List.of(P0, P1));
    waiting.forEach(Runnable::run);
    loop.finish();

    assertEquals(0, producer.commitCount());
  }

  @Test
  void aFailedEngineEndsTheLoopWithItsReason() {
    engineThread =
        task -> {
          engine.breakDown("out of memory");
          task.run();
        };
    addFrames(P0, 0, BATCH);

    InferenceException failure = assertThrows(InferenceException.class, this::runEverything);

    assertTrue(failure.getMessage().contains("out of memory"));
    assertFalse(producer.history().stream().anyMatch(record -> record.value() != null));
  }

  private void runEverything() {
    for (int i = 0; i < 20; i++) {
      loop.step();
      waitMillis(20);
      while (!waiting.isEmpty()) {
        waiting.remove().run();
      }
    }
    loop.step();
  }
}
