package io.framewarden.detector.verdict.topology;

import static io.framewarden.detector.verdict.Messages.marker;
import static io.framewarden.detector.verdict.Messages.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.Messages;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VerdictStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which frames decide where the policy requires a quality. */
class FrameQualityTest {
  @TempDir Path stateDirectory;
  private TopologyHarness topology;

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void lowQualityFramesCountForCompletenessOnly() {
    open("FRAMEWARDEN_POLICY_MIN_QUALITY", "0.25");
    topology.send(of(0, 0.9f, 0.1));
    topology.send(of(1, 0.25f, 0.1));
    topology.send(of(2, 0.24f, 0.99));
    topology.send(score(3, 0.1));
    topology.send(marker(4));
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.REAL, verdict.getLabel());
    assertEquals(0.1, verdict.getProbability(), 1e-9);
    assertEquals(4, verdict.getCompleteness().getScored());
    assertEquals(3, verdict.getTracks(0).getFrames());
    assertEquals(1, verdict.getTracks(0).getLowQualityFrames());
    assertEquals(3 * Messages.FRAME_US, verdict.getTracks(0).getLastUs());
    assertTrue(verdict.getEvidenceList().stream().noneMatch(frame -> frame.getSeq() == 2));
  }

  @Test
  void abstainsWhereNoFrameIsGoodEnough() {
    open("FRAMEWARDEN_POLICY_MIN_QUALITY", "0.5");
    topology.send(of(0, 0.1f, 0.99));
    topology.send(of(1, 0.2f, 0.99));
    topology.send(marker(2));
    Verdict verdict = topology.verdict();
    assertEquals(VerdictStatus.FINAL, verdict.getStatus());
    assertEquals(VerdictLabel.UNCERTAIN, verdict.getLabel());
    assertFalse(verdict.hasProbability());
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    assertTrue(verdict.getReason().startsWith("None of 2 scored face frames"), verdict.getReason());
    assertEquals(VerdictLabel.UNCERTAIN, verdict.getTracks(0).getLabel());
    assertEquals(2, verdict.getTracks(0).getLowQualityFrames());
  }

  @Test
  void everyFrameDecidesByDefault() {
    open();
    topology.send(of(0, 0, 0.2));
    topology.send(of(1, 1, 0.4));
    topology.send(marker(2));
    assertEquals(0.3, topology.verdict().getProbability(), 1e-9);
  }

  private void open(String... settings) {
    topology = new TopologyHarness(Messages.config(settings), stateDirectory);
  }

  private static FrameScore of(int seq, float quality, double probability) {
    return score(seq, probability).toBuilder().setQuality(quality).build();
  }
}
