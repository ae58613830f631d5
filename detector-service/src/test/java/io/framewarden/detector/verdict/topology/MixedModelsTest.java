package io.framewarden.detector.verdict.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.detector.verdict.VerdictTimings;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.FramePosition;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.RescoreRequest;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video that several models scored is judged by one. */
class MixedModelsTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String C = "c".repeat(64);

  @TempDir Path folder;
  private TopologyHarness topology;

  @BeforeEach
  void start() {
    topology =
        new TopologyHarness(
            Messages.config(
                VerdictTimings.DEADLINE, "60s", VerdictTimings.PROVISIONAL_DELAY, "1000s"),
            folder);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void framesOfAnEarlierModelAreRequestedOnceAndTheVerdictNamesOneModel() {
    score(A, 1, 0.9, 0, 5);
    score(B, 2, 0.1, 5, 10);
    assertEquals(
        List.of(),
        topology.rescores(),
        "before the marker it is not known whether all frames are in");
    topology.send(Messages.marker(10));

    RescoreRequest request = topology.rescores().get(0);
    assertEquals(B, request.getModelDigest());
    assertEquals(2, request.getReleaseTimeUs());
    assertEquals(Messages.ATTEMPT, request.getAttempt());
    assertEquals(List.of(0, 1, 2, 3, 4), seqs(request));
    assertEquals(2, request.getFrames(3).getPartition());
    assertEquals(7_000_000_003L, request.getFrames(3).getOffset());
    assertEquals(List.of(), topology.verdicts());
    assertEquals(5, topology.metric("framewarden_rescores_requested_total"));

    score(B, 2, 0.1, 0, 4);
    assertEquals(List.of(), topology.rescores(), "requested before");
    score(B, 2, 0.1, 4, 5);
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.REAL, verdict.getLabel());
    assertEquals(0.1, verdict.getProbability(), 1e-9);
    assertEquals(10, verdict.getCompleteness().getScored());
    assertEquals(10, verdict.getTracks(0).getFrames());
    assertEquals(List.of(B), verdict.getProvenance().getModelDigestsList());
  }

  @Test
  void afterARollbackTheEarlierModelJudgesWithItsScores() {
    score(A, 1, 0.9, 0, 4);
    score(B, 2, 0.1, 4, 8);
    score(A, 3, 0.9, 8, 10);
    topology.send(Messages.marker(10));

    assertEquals(List.of(4, 5, 6, 7), seqs(topology.rescores().get(0)));
    score(A, 3, 0.9, 4, 8);
    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.FAKE, verdict.getLabel());
    assertEquals(List.of(A), verdict.getProvenance().getModelDigestsList());
    assertEquals(10, verdict.getTracks(0).getFrames());
  }

  @Test
  void aLaterReleaseTakesOverAndItsMissingFramesAreRequested() {
    score(A, 1, 0.9, 0, 5);
    score(B, 2, 0.5, 5, 10);
    topology.send(Messages.marker(10));
    topology.rescores();

    score(C, 3, 0.1, 0, 1);
    RescoreRequest next = topology.rescores().get(0);
    assertEquals(C, next.getModelDigest());
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), seqs(next));
    score(C, 3, 0.1, 1, 10);
    assertEquals(List.of(C), topology.verdict().getProvenance().getModelDigestsList());
  }

  @Test
  void scoresOfAThirdModelAreDiscardedAndTheirFramesRequested() {
    score(A, 1, 0.9, 0, 3);
    score(B, 2, 0.9, 3, 6);
    score(C, 3, 0.1, 6, 9);
    score(A, 1, 0.9, 9, 10);
    topology.send(Messages.marker(10));

    assertEquals(List.of(0, 1, 2, 3, 4, 5, 9), seqs(topology.rescores().get(0)));
    score(C, 3, 0.1, 0, 6);
    score(C, 3, 0.1, 9, 10);
    Verdict verdict = topology.verdict();
    assertEquals(List.of(C), verdict.getProvenance().getModelDigestsList());
    assertEquals(0.1, verdict.getProbability(), 1e-9);
  }

  @Test
  void atTheDeadlineTheVerdictIsIncompleteWithAReasonAndLateScoresReviseIt() {
    score(A, 1, 0.9, 0, 5);
    score(B, 2, 0.1, 5, 10);
    topology.send(Messages.marker(10));
    topology.advance(Duration.ofSeconds(61));

    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.INCOMPLETE, verdict.getLabel());
    assertEquals(5, verdict.getCompleteness().getMissing());
    assertEquals(List.of(0, 1, 2, 3, 4), verdict.getCompleteness().getMissingSeqsList());
    assertTrue(verdict.getReason().contains("5 of them only by another"), verdict.getReason());
    assertEquals(List.of(B), verdict.getProvenance().getModelDigestsList());

    score(B, 2, 0.1, 0, 5);
    assertEquals(VerdictLabel.REAL, topology.verdict().getLabel());
  }

  @Test
  void aFrameThatIsGoneCountsAsFailed() {
    score(A, 1, 0.1, 0, 1);
    score(B, 2, 0.1, 1, 20);
    topology.send(Messages.marker(20));
    topology.send(
        FrameScore.newBuilder()
            .setVideoId(Messages.VIDEO)
            .setAttempt(Messages.ATTEMPT)
            .setSeq(0)
            .setModelDigest(B)
            .setReleaseTimeUs(2)
            .setFailure(FailureReason.FACE_FRAME_GONE)
            .build());

    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.REAL, verdict.getLabel());
    assertEquals(1, verdict.getCompleteness().getFailed());
    assertEquals(0, verdict.getCompleteness().getMissing());
  }

  @Test
  void aLongListIsSeveralRequests() {
    int many = 2 * Topics.MAX_RESCORED_FRAMES + 1;
    score(A, 1, 0.9, 0, many);
    score(B, 2, 0.1, many, many + 1);
    topology.send(Messages.marker(many + 1));

    List<RescoreRequest> requests = topology.rescores();
    assertEquals(List.of(500, 500, 1), requests.stream().map(r -> r.getFramesCount()).toList());
    assertEquals(
        IntStream.range(0, many).boxed().toList(),
        requests.stream().flatMap(r -> seqs(r).stream()).toList());
  }

  @Test
  void oneModelUnderTwoReleasesIsOneModel() {
    score(A, 1, 0.1, 0, 5);
    score(A, 3, 0.1, 5, 10);
    topology.send(Messages.marker(10));

    assertEquals(List.of(), topology.rescores());
    assertEquals(VerdictStatus.FINAL, topology.verdict().getStatus());
  }

  private void score(String digest, long release, double probability, int from, int to) {
    for (int seq = from; seq < to; seq++) {
      topology.send(
          Messages.score(seq, probability).toBuilder()
              .setModelDigest(digest)
              .setReleaseTimeUs(release)
              .setOriginPartition(2)
              .setOriginOffset(7_000_000_000L + seq)
              .build());
    }
  }

  private static List<Integer> seqs(RescoreRequest request) {
    return request.getFramesList().stream().map(FramePosition::getSeq).toList();
  }
}
