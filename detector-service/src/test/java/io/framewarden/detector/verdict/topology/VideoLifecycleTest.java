package io.framewarden.detector.verdict.topology;

import static io.framewarden.detector.verdict.Messages.ATTEMPT;
import static io.framewarden.detector.verdict.Messages.VIDEO;
import static io.framewarden.detector.verdict.Messages.failed;
import static io.framewarden.detector.verdict.Messages.marker;
import static io.framewarden.detector.verdict.Messages.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.detector.verdict.VerdictTimings;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import io.framewarden.v1.VideoMarker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When verdicts are emitted, and which frames count. */
class VideoLifecycleTest {
  private static final Duration DELAY = Duration.ofMillis(500);
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final Duration RETENTION = Duration.ofHours(1);

  @TempDir Path stateDirectory;
  private TopologyHarness topology;

  @BeforeEach
  void open() {
    topology =
        new TopologyHarness(
            Messages.config(
                VerdictTimings.PROVISIONAL_DELAY, DELAY.toString(),
                VerdictTimings.PROVISIONAL_INTERVAL, INTERVAL.toString(),
                VerdictTimings.DEADLINE, DEADLINE.toString(),
                VerdictTimings.RETENTION, RETENTION.toString()),
            stateDirectory);
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void reportsProgressAfterTheDelayAndThenOncePerInterval() {
    topology.send(score(0, 0.9));
    assertTrue(topology.verdicts().isEmpty());
    topology.advance(DELAY);
    Verdict first = topology.verdict();
    assertEquals(VerdictStatus.PROVISIONAL, first.getStatus());
    assertEquals(VerdictLabel.FAKE, first.getLabel());
    assertEquals(1, first.getRevision());
    assertEquals(1, first.getCompleteness().getScored());
    assertEquals(AutomationLevel.HUMAN_REVIEW, first.getAutomation());

    topology.send(score(1, 0.1));
    topology.advance(Duration.ofSeconds(1));
    topology.send(score(2, 0.1));
    assertTrue(topology.verdicts().isEmpty());
    topology.advance(Duration.ofSeconds(1));
    Verdict second = topology.verdict();
    assertEquals(2, second.getRevision());
    assertEquals(3, second.getCompleteness().getScored());
    assertEquals(1.1 / 3, second.getProbability(), 1e-9);
  }

  @Test
  void emitsNothingWithoutNewScores() {
    topology.send(score(0, 0.9));
    topology.advance(DELAY);
    topology.verdict();
    topology.advance(INTERVAL.multipliedBy(5));
    assertTrue(topology.verdicts().isEmpty());
  }

  @Test
  void countsARepeatedFrameOnce() {
    topology.send(marker(2));
    topology.send(score(0, 0.2));
    topology.send(score(0, 0.9));
    assertTrue(topology.verdicts().isEmpty());
    topology.send(score(1, 0.2));
    Verdict verdict = topology.verdict();
    assertEquals(2, verdict.getCompleteness().getScored());
    assertEquals(0.2, verdict.getProbability(), 1e-9);
    assertEquals(1, topology.metric("framewarden_scores_duplicate_total"));
    assertScoresAddUp(3);
  }

  @Test
  void aScoreReplacesAnEarlierFailureOfTheSameFrame() {
    topology.send(failed(0));
    topology.send(score(0, 0.9));
    topology.send(failed(0));
    topology.send(marker(1));
    Verdict verdict = topology.verdict();
    assertEquals(1, verdict.getCompleteness().getScored());
    assertEquals(0, verdict.getCompleteness().getFailed());
    assertEquals(VerdictLabel.FAKE, verdict.getLabel());
  }

  @Test
  void aHigherAttemptStartsOverAndRevisionsCountOn() {
    topology.send(score(0, 0.9));
    topology.send(score(1, 0.9));
    topology.advance(DELAY);
    assertEquals(1, topology.verdict().getRevision());
    topology.send(attempt(score(0, 0.1), ATTEMPT + 1));
    topology.send(marker(1).toBuilder().setAttempt(ATTEMPT + 1).build());
    Verdict verdict = topology.verdict();
    assertEquals(ATTEMPT + 1, verdict.getAttempt());
    assertEquals(2, verdict.getRevision());
    assertEquals(0.1, verdict.getProbability(), 1e-9);
    assertEquals(1, verdict.getCompleteness().getScored());
  }

  @Test
  void aLowerAttemptIsIgnored() {
    topology.send(marker(1).toBuilder().setAttempt(ATTEMPT + 1).build());
    topology.send(score(0, 0.9));
    topology.send(marker(1));
    assertTrue(topology.verdicts().isEmpty());
    assertEquals(1, topology.metric("framewarden_scores_stale_total"));
    topology.send(attempt(score(0, 0.1), ATTEMPT + 1));
    assertEquals(VerdictLabel.REAL, topology.verdict().getLabel());
    assertScoresAddUp(2);
  }

  @Test
  void aProvisionalVerdictNeverReplacesAFinalOne() {
    topology.send(marker(1));
    topology.send(score(0, 0.9));
    assertEquals(VerdictStatus.FINAL, topology.verdict().getStatus());
    topology.send(attempt(score(0, 0.1), ATTEMPT + 1));
    topology.advance(INTERVAL.multipliedBy(5));
    assertTrue(topology.verdicts().isEmpty());
    topology.send(marker(1).toBuilder().setAttempt(ATTEMPT + 1).build());
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(2, verdict.getRevision());
    assertEquals(VerdictLabel.REAL, verdict.getLabel());
  }

  @Test
  void atTheDeadlineTheVerdictIsIncompleteAndListsMissingSeqs() {
    topology.send(marker(4));
    topology.send(score(0, 0.9));
    topology.send(score(2, 0.9));
    topology.advance(DEADLINE.minusMillis(100));
    assertEquals(VerdictStatus.PROVISIONAL, topology.verdict().getStatus());
    topology.advance(Duration.ofMillis(100));
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.INCOMPLETE, verdict.getLabel());
    assertEquals(List.of(1, 3), verdict.getCompleteness().getMissingSeqsList());
    assertEquals(2, verdict.getCompleteness().getMissing());
    assertEquals(4, verdict.getCompleteness().getExpected());
    assertEquals("2 of 4 face frames had no score at the deadline.", verdict.getReason());
    assertEquals(0.9, verdict.getProbability(), 1e-9);
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    assertEquals(0, topology.metric("framewarden_videos_open"));
  }

  @Test
  void lateFramesReviseAnIncompleteVerdict() {
    topology.send(marker(3));
    topology.send(score(0, 0.9));
    topology.advance(DEADLINE);
    List<Verdict> before = topology.verdicts();
    int revision = before.get(before.size() - 1).getRevision();

    topology.send(score(1, 0.9));
    topology.advance(INTERVAL);
    Verdict still = topology.verdict();
    assertEquals(VerdictStatus.FINAL, still.getStatus());
    assertEquals(VerdictLabel.INCOMPLETE, still.getLabel());
    assertEquals(1, still.getCompleteness().getMissing());
    assertEquals(revision + 1, still.getRevision());

    topology.send(score(2, 0.9));
    Verdict complete = topology.verdict();
    assertEquals(VerdictLabel.FAKE, complete.getLabel());
    assertEquals(revision + 2, complete.getRevision());
    assertEquals(0, complete.getCompleteness().getMissing());
  }

  @Test
  void aFinishedVideoStaysSmallAndRecognisesDuplicates() {
    topology.send(marker(40));
    for (int seq = 0; seq < 40; seq++) {
      topology.send(score(seq, 0.9));
    }
    topology.verdict();
    assertTrue(topology.stored(VIDEO).length < 64, topology.stored(VIDEO).length + " bytes");
    topology.send(score(7, 0.1));
    topology.send(failed(8));
    topology.send(marker(40));
    topology.advance(INTERVAL.multipliedBy(5));
    assertTrue(topology.verdicts().isEmpty());
    assertEquals(2, topology.metric("framewarden_scores_duplicate_total"));
  }

  @Test
  void forgetsAVideoAfterTheRetention() {
    topology.send(marker(1));
    topology.send(score(0, 0.9));
    topology.verdict();
    topology.advance(RETENTION.minusMinutes(1));
    assertNotNull(topology.stored(VIDEO));
    topology.advance(RETENTION.dividedBy(5));
    assertNull(topology.stored(VIDEO));
    assertTrue(topology.verdicts().isEmpty());
  }

  @Test
  void forgetsAVideoWhoseMarkerNeverCame() {
    topology.send(score(0, 0.9));
    assertEquals(1, topology.metric("framewarden_videos_open"));
    topology.advance(RETENTION.multipliedBy(2));
    assertNull(topology.stored(VIDEO));
    assertEquals(0, topology.metric("framewarden_videos_open"));
  }

  @Test
  void anExtractionThatIsTriedAgainIsIncompleteUntilItSucceeds() {
    for (int seq = 0; seq < 3; seq++) {
      topology.send(score(seq, 0.9));
    }
    topology.send(failedExtraction(ATTEMPT, 1, 60_000_000));
    Verdict waiting = topology.verdict();
    assertEquals(VerdictStatus.PROVISIONAL, waiting.getStatus());
    assertEquals(VerdictLabel.INCOMPLETE, waiting.getLabel());
    assertEquals(FailureReason.DECODER_STARVED, waiting.getFailure());
    assertEquals(60_000_000, waiting.getRetryAtUs());
    assertEquals(
        "The video could not be extracted: decoding did not end in time."
            + " It is tried again by itself, not before 1970-01-01T00:01:00Z.",
        waiting.getReason());
    assertEquals(3, waiting.getCompleteness().getExpected());
    topology.send(score(3, 0.9));
    topology.advance(DEADLINE.multipliedBy(3));
    assertTrue(topology.verdicts().isEmpty(), "neither a late score nor the deadline decides");

    topology.send(failedExtraction(ATTEMPT + 1, 2, 90_000_000));
    assertEquals(2, topology.verdict().getRevision());
    topology.send(marker(1).toBuilder().setAttempt(ATTEMPT + 2).build());
    topology.send(attempt(score(0, 0.1), ATTEMPT + 2));
    Verdict decided = topology.verdict();
    assertEquals(VerdictStatus.FINAL, decided.getStatus());
    assertEquals(VerdictLabel.REAL, decided.getLabel());
    assertEquals(3, decided.getRevision());
    assertEquals(0, decided.getRetryAtUs());
    assertEquals(FailureReason.FAILURE_REASON_UNSPECIFIED, decided.getFailure());
  }

  @Test
  void oneThatIsGivenUpIsIncompleteForGood() {
    topology.send(failedExtraction(ATTEMPT, 7, 0));
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.INCOMPLETE, verdict.getLabel());
    assertEquals(
        "The video could not be extracted after 7 tries: decoding did not end in time."
            + " It is not tried again: upload it again.",
        verdict.getReason());
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
  }

  @Test
  void aTryThatFailsTakesNoFinalVerdictBack() {
    topology.send(marker(0));
    assertEquals(VerdictStatus.FINAL, topology.verdict().getStatus());
    topology.send(failedExtraction(ATTEMPT + 1, 1, 60_000_000));
    topology.advance(DEADLINE.multipliedBy(2));
    assertTrue(topology.verdicts().isEmpty());
  }

  private static VideoMarker failedExtraction(long attempt, int tries, long retryAtUs) {
    return marker(0).toBuilder()
        .setAttempt(attempt)
        .setFailure(FailureReason.DECODER_STARVED)
        .setFailureMessage("decoding did not end in time")
        .setFailedTries(tries)
        .setRetryAtUs(retryAtUs)
        .build();
  }

  private static FrameScore attempt(FrameScore score, long attempt) {
    return score.toBuilder().setAttempt(attempt).build();
  }

  private void assertScoresAddUp(double received) {
    assertEquals(received, topology.metric("framewarden_scores_received_total"));
    assertEquals(
        received,
        topology.metric("framewarden_scores_counted_total")
            + topology.metric("framewarden_scores_duplicate_total")
            + topology.metric("framewarden_scores_stale_total"));
  }
}
