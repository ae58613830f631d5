package io.framewarden.detector.verdict.topology;

import static io.framewarden.detector.verdict.Messages.ATTEMPT;
import static io.framewarden.detector.verdict.Messages.FRAME_US;
import static io.framewarden.detector.verdict.Messages.VIDEO;
import static io.framewarden.detector.verdict.Messages.failed;
import static io.framewarden.detector.verdict.Messages.marker;
import static io.framewarden.detector.verdict.Messages.score;
import static io.framewarden.detector.verdict.Messages.withEvidence;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.detector.verdict.VerdictConfig;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.EvidenceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Segment;
import io.framewarden.v1.TrackVerdict;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verdicts hold. */
class VerdictTopologyTest {
  private final VerdictConfig config = Messages.config();
  @TempDir Path stateDirectory;
  private TopologyHarness topology;

  @BeforeEach
  void open() {
    topology = new TopologyHarness(config, stateDirectory);
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void isFinalWhenTheLastFrameComesAfterTheMarker() {
    topology.send(marker(10));
    for (int seq = 0; seq < 10; seq++) {
      assertTrue(topology.verdicts().isEmpty());
      topology.send(score(seq, 0.9));
    }
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.FAKE, verdict.getLabel());
    assertEquals(0.9, verdict.getProbability(), 1e-9);
    assertEquals(1, verdict.getRevision());
    assertEquals(0, verdict.getCompleteness().getMissing());
    assertEquals(10, verdict.getCompleteness().getScored());
    assertEquals(AutomationLevel.AUTOMATIC, verdict.getAutomation());
    assertEquals("", verdict.getReason());
  }

  @Test
  void isFinalWhenTheMarkerComesLast() {
    for (int seq = 9; seq >= 0; seq--) {
      topology.send(score(seq, 0.1));
    }
    assertTrue(topology.verdicts().isEmpty());
    topology.send(marker(10));
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.REAL, verdict.getLabel());
    assertEquals(AutomationLevel.AUTOMATIC, verdict.getAutomation());
  }

  @Test
  void carriesProvenanceAndTimings() {
    sendAll(10, 0.9);
    Verdict verdict = topology.verdict();
    assertEquals(ATTEMPT, verdict.getAttempt());
    assertEquals("1", verdict.getPolicyVersion());
    assertEquals(0.7, verdict.getOperatingPoint().getFakeAt());
    assertEquals(0.3, verdict.getOperatingPoint().getRealBelow());
    assertEquals("c".repeat(64), verdict.getProvenance().getContentSha256());
    assertEquals("e".repeat(64), verdict.getProvenance().getExtractionDigest());
    assertEquals("4/s, at least 32", verdict.getProvenance().getSampling());
    assertEquals("tracker 1", verdict.getProvenance().getTracking());
    assertEquals(List.of("d".repeat(64)), verdict.getProvenance().getModelDigestsList());
    assertEquals(List.of("2026.1"), verdict.getProvenance().getModelVersionsList());
    assertEquals(List.of("onnxruntime-1.29.0-cpu"), verdict.getProvenance().getEnginesList());
    assertEquals(config.policy().digest(), verdict.getProvenance().getPolicyDigest());
    assertEquals(1_000_000, verdict.getTimings().getReceivedUs());
    assertEquals(2_000_000, verdict.getTimings().getExtractionStartedUs());
    assertEquals(4_000_000, verdict.getTimings().getExtractionFinishedUs());
    assertEquals(5_000_009, verdict.getTimings().getLastScoreUs());
    assertEquals(TopologyHarness.START.toEpochMilli() * 1000, verdict.getTimings().getDecidedUs());
    assertEquals(10_000_000, verdict.getDurationUs());
    assertEquals(40, verdict.getSampledFrames());
  }

  @Test
  void abstainsBetweenTheThresholds() {
    sendAll(10, 0.5);
    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.UNCERTAIN, verdict.getLabel());
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    assertTrue(verdict.getReason().contains("0.500 lies between 0.3 and 0.7"));
  }

  @Test
  void theMostSuspiciousTrackDecides() {
    topology.send(marker(20));
    for (int seq = 0; seq < 20; seq++) {
      topology.send(score(seq, seq % 2, seq % 2 == 0 ? 0.1 : 0.8));
    }
    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.FAKE, verdict.getLabel());
    assertEquals(0.8, verdict.getProbability(), 1e-9);
    TrackVerdict genuine = verdict.getTracks(0);
    TrackVerdict forged = verdict.getTracks(1);
    assertEquals(VerdictLabel.REAL, genuine.getLabel());
    assertEquals(VerdictLabel.FAKE, forged.getLabel());
    assertEquals(10, forged.getFrames());
    assertEquals(FRAME_US, forged.getFirstUs());
    assertEquals(19 * FRAME_US, forged.getLastUs());
  }

  @Test
  void listsTheSuspiciousSegment() {
    topology.send(marker(40));
    for (int seq = 0; seq < 40; seq++) {
      boolean forged = seq >= 12 && seq < 24; // seconds 3 to 6
      topology.send(score(seq, forged ? 0.9 : 0.05));
    }
    Verdict verdict = topology.verdict();
    assertEquals(1, verdict.getSegmentsCount());
    Segment segment = verdict.getSegments(0);
    assertEquals(3_000_000, segment.getStartUs());
    assertEquals(6_000_000, segment.getEndUs());
    assertEquals(12, segment.getFrames());
    assertEquals(0.9, segment.getProbability(), 1e-9);
  }

  @Test
  void showsTheMostSuspiciousFramesThatHaveAnImage() {
    topology.send(marker(10));
    for (int seq = 0; seq < 10; seq++) {
      double probability = 0.70 + seq / 100.0;
      topology.send(seq == 9 ? score(seq, probability) : withEvidence(score(seq, probability)));
    }
    List<EvidenceFrame> evidence = topology.verdict().getEvidenceList();
    assertEquals(List.of(8, 7, 6, 5), evidence.stream().map(EvidenceFrame::getSeq).toList());
    assertEquals(0.78, evidence.get(0).getProbability(), 1e-9);
    assertEquals(8 * FRAME_US, evidence.get(0).getPtsUs());
    assertEquals(100, evidence.get(0).getBox().getWidth());
    assertTrue(evidence.get(0).hasEvidence());
  }

  @Test
  void aVideoWithoutAFaceIsNoFace() {
    topology.send(marker(0));
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.NO_FACE, verdict.getLabel());
    assertFalse(verdict.hasProbability());
    assertTrue(verdict.getReason().contains("40 sampled frames"));
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
  }

  @Test
  void aVideoThatCouldNotBeReadIsUndecodable() {
    topology.send(
        marker(0).toBuilder()
            .setFailure(FailureReason.PLAYLIST)
            .setFailureMessage("a.mp4 is a playlist; upload the video itself")
            .build());
    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.UNDECODABLE, verdict.getLabel());
    assertEquals(FailureReason.PLAYLIST, verdict.getFailure());
    assertEquals("a.mp4 is a playlist; upload the video itself", verdict.getReason());
  }

  @Test
  void aVideoThatBrokeOffHasNoProbabilityAndExpectsWhatCame() {
    for (int seq = 0; seq < 3; seq++) {
      topology.send(score(seq, 0.9));
    }
    topology.send(
        marker(0).toBuilder()
            .setFailure(FailureReason.DECODER_TIMED_OUT)
            .setFailureMessage("decoding took too long")
            .build());
    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.UNDECODABLE, verdict.getLabel());
    assertFalse(verdict.hasProbability());
    assertEquals(3, verdict.getCompleteness().getExpected());
    assertEquals(3, verdict.getCompleteness().getScored());
    assertEquals(0, verdict.getCompleteness().getMissing());
  }

  @Test
  void aFewFailedFramesLeaveTheDecisionToAPerson() {
    topology.send(marker(10));
    topology.send(failed(3));
    for (int seq = 0; seq < 10; seq++) {
      if (seq != 3) {
        topology.send(score(seq, 0.9));
      }
    }
    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.FAKE, verdict.getLabel());
    assertEquals(1, verdict.getCompleteness().getFailed());
    assertEquals(9, verdict.getCompleteness().getScored());
    assertEquals(0, verdict.getCompleteness().getMissing());
    assertEquals(0.9, verdict.getProbability(), 1e-9);
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    assertEquals("1 face frame could not be scored.", verdict.getReason());
  }

  @Test
  void manyFailedFramesMakeItIncomplete() {
    topology.send(marker(10));
    for (int seq = 0; seq < 10; seq++) {
      topology.send(seq < 2 ? failed(seq) : score(seq, 0.9));
    }
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.INCOMPLETE, verdict.getLabel());
    assertTrue(verdict.getReason().startsWith("2 of 10 face frames could not be scored"));
  }

  @Test
  void nothingButFailedFramesIsIncomplete() {
    topology.send(marker(2));
    topology.send(failed(0));
    topology.send(failed(1));
    Verdict verdict = topology.verdict();
    assertEquals(VerdictLabel.INCOMPLETE, verdict.getLabel());
    assertFalse(verdict.hasProbability());
    assertEquals("None of 2 face frames could be scored.", verdict.getReason());
  }

  @Test
  void theFinalVerdictIsCountedAndTimed() {
    sendAll(10, 0.9);
    assertEquals(
        1,
        topology.metric(
            "framewarden_verdicts_total",
            new String[] {"status", "label"},
            new String[] {"final", "fake"}));
    assertEquals(1, topology.metric("framewarden_end_to_end_seconds_count"));
    assertEquals(
        TopologyHarness.START.toEpochMilli() / 1000.0 - 1,
        topology.metric("framewarden_end_to_end_seconds_sum"),
        1e-3);
    assertEquals(0, topology.metric("framewarden_videos_open"));
    assertEquals(VIDEO, topology.verdict().getVideoId());
  }

  private void sendAll(int frames, double probability) {
    topology.send(marker(frames));
    for (int seq = 0; seq < frames; seq++) {
      topology.send(score(seq, probability));
    }
  }
}
