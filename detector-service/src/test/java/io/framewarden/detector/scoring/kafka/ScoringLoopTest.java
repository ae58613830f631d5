package io.framewarden.detector.scoring.kafka;

import static io.framewarden.detector.scoring.Frames.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.TinyModel;
import io.framewarden.runtime.kafka.DeadLetters;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class ScoringLoopTest extends ScoringLoopFixture {

  @Test
  void requestsNoRebalanceWithoutAnInstanceName() {
    loop.step();
    assertFalse(consumer.shouldRebalance());
  }

  @Test
  void commitsScoresAndOffsetsTogetherWhenAPollIsEmpty() {
    addFrames(P0, 0, BATCH);
    loop.step();
    assertEquals(List.of(), producer.history(), "nothing is visible before the commit");

    loop.step();

    assertEquals(List.of(0, 1, 2, 3), committedSeqs());
    assertEquals(4, committedOffset(P0));
    assertEquals("v", text(producer.history().get(0).key()));
    assertTotals(4, 4, 0);
  }

  @Test
  void letsAPartialBatchWaitToFill() {
    addFrames(P0, 0, 2);
    loop.step();
    loop.step();
    assertEquals(List.of(), engine.takeBatchSizes());

    addFrames(P0, 2, 3);
    loop.step();
    assertEquals(List.of(BATCH), engine.takeBatchSizes());

    waitMillis(20);
    loop.step();
    assertEquals(List.of(1), engine.takeBatchSizes());
    assertEquals(List.of(0, 1, 2, 3, 4), committedSeqs());
  }

  @Test
  void commitsAFullTransactionWithoutWaitingForTheStreamToPause() {
    addFrames(P0, 0, FULL + 1);

    loop.step();

    assertEquals(FULL, committedSeqs().size());
    assertEquals(FULL, committedOffset(P0), "only what was answered");
  }

  @Test
  void commitsAnOldTransactionThoughFramesKeepComing() {
    addFrames(P0, 0, BATCH);
    loop.step();
    waitMillis(1000);
    addFrames(P0, BATCH, 1);

    loop.step();

    assertEquals(List.of(0, 1, 2, 3), committedSeqs());
    assertEquals(BATCH, committedOffset(P0), "the new frame still waits for its batch");
  }

  @Test
  void sendsDeadLettersInTheSameTransaction() {
    add(P0, 0, "not a frame".getBytes(StandardCharsets.UTF_8));
    add(P0, 1, null);
    add(P0, 2, Topics.FACE_FRAMES.value().encode(frame(7, new byte[3])));
    add(P0, 3, Topics.FACE_FRAMES.value().encode(frame(8, TinyModel.plain(1))));

    drain();

    assertEquals(4, committedOffset(P0));
    assertEquals(3, sent(Topics.DEAD_LETTERS.name()).size());
    ProducerRecord<byte[], byte[]> first = sent(Topics.DEAD_LETTERS.name()).get(0);
    assertEquals("not a frame", text(first.value()));
    assertEquals("unreadable_message", text(first.headers().lastHeader(DeadLetters.REASON)));
    assertEquals("0", text(first.headers().lastHeader(DeadLetters.ORIGIN_OFFSET)));
    List<FrameScore> scores = scores();
    assertEquals(2, scores.size(), "a failed score for ids that can be read, and a real one");
    assertEquals(FailureReason.MALFORMED_PIXELS, scores.get(0).getFailure());
    assertEquals(7, scores.get(0).getSeq());
    assertEquals(8, scores.get(1).getSeq());
    assertTotals(4, 1, 3);
  }

  @Test
  void anOrderlyEndCommitsWhatWasAnswered() {
    addFrames(P0, 0, BATCH + 1);
    loop.step();

    loop.finish();

    assertEquals(BATCH, committedOffset(P0));
    assertTotals(4, 4, 0);
  }

  @Test
  void knowsWhetherPartitionsAreAssigned() {
    assertTrue(loop.hasAssignment());
  }
}
