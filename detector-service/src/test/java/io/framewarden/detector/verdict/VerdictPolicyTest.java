package io.framewarden.detector.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Segment;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictPolicyTest {
  @Test
  void defaultsArePinned() {
    VerdictConfig config = Messages.config();
    assertEquals(
        new VerdictPolicy(
            "1",
            Aggregation.MEAN,
            0.25,
            new ModelManifest.OperatingPoint("default", 0.7, 0.3),
            "",
            8,
            0.1,
            0,
            new AutomationEvidence(8, Duration.ofSeconds(1), 0.1),
            4,
            Duration.ofSeconds(1),
            0),
        config.policy());
    assertEquals(
        new VerdictTimings(
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofMinutes(15),
            Duration.ofDays(8)),
        config.timings());
    assertEquals(1, config.threads());
    assertEquals(
        Path.of(System.getProperty("java.io.tmpdir"), "framewarden-state"),
        config.stateDirectory());
  }

  @Test
  void everySettingChangesTheDigest() {
    List<String> settings =
        List.of(
            "VERSION=2",
            "MIN_QUALITY=0.1",
            "AGGREGATION=top-fraction",
            "TOP_FRACTION=0.5",
            "OPERATING_POINT=strict",
            "FAKE_AT=0.8",
            "REAL_BELOW=0.2",
            "MIN_TRACK_FRAMES=9",
            "MAX_FAILED_SHARE=0.2",
            "AUTOMATION_MARGIN=0.1",
            "AUTOMATION_MIN_FRAMES=9",
            "AUTOMATION_MIN_TIME=2s",
            "AUTOMATION_MIN_SHARE=0.2",
            "EVIDENCE_FRAMES=5",
            "SEGMENT_WINDOW=2s");
    String standard = Messages.config().policy().digest();
    assertEquals(standard, Messages.config().policy().digest());
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      String digest = Messages.config("FRAMEWARDEN_POLICY_" + parts[0], parts[1]).policy().digest();
      assertNotEquals(standard, digest, setting);
    }
  }

  @Test
  void badValuesAreReportedTogether() {
    InvalidConfigurationException problem =
        assertThrows(
            InvalidConfigurationException.class,
            () ->
                Messages.config(
                    PolicySettings.FAKE_AT, "0.4",
                    PolicySettings.REAL_BELOW, "0.6",
                    PolicySettings.AGGREGATION, "median",
                    PolicySettings.SEGMENT_WINDOW, "0s",
                    VerdictTimings.RETENTION, "1m"));
    assertTrue(problem.getMessage().contains("would be REAL and FAKE at once"));
    assertTrue(problem.getMessage().contains("median"));
    assertTrue(problem.getMessage().contains("under a millisecond"));
    assertTrue(problem.getMessage().contains("forgotten before its verdict"));
  }

  @Test
  void modelThresholdsCountUnlessTheEnvironmentGivesThem() {
    var first = new ModelManifest.OperatingPoint("eer", 0.6, 0.55);
    var second = new ModelManifest.OperatingPoint("careful", 0.9, 0.2);
    ModelManifest model = modelWith(first, second);

    assertEquals(first, pointOf(Messages.config(), model));
    assertEquals(
        second, pointOf(Messages.config(PolicySettings.OPERATING_POINT, "careful"), model));
    assertEquals(0.8, pointOf(Messages.config(PolicySettings.FAKE_AT, "0.8"), model).fakeAt());
    VerdictConfig other = Messages.config(PolicySettings.OPERATING_POINT, "bold");
    String problem =
        assertThrows(InvalidConfigurationException.class, () -> pointOf(other, model)).getMessage();
    assertTrue(problem.contains("bold, but the model has [eer, careful]"), problem);
  }

  private static ModelManifest.OperatingPoint pointOf(VerdictConfig config, ModelManifest model) {
    return config.forModel(model).policy().operatingPoint();
  }

  private static ModelManifest modelWith(ModelManifest.OperatingPoint... points) {
    return ModelManifest.builder().operatingPoints(List.of(points)).build();
  }

  @Test
  void aBuiltPolicyIsTheOneOfTheSameSettings() {
    VerdictPolicy built =
        VerdictPolicy.builder()
            .version("2")
            .aggregation(Aggregation.TOP_FRACTION, 0.5)
            .operatingPoint(new ModelManifest.OperatingPoint("strict", 0.8, 0.2))
            .minTrackFrames(9)
            .maxFailedShare(0.2)
            .automationMargin(0.1)
            .automationEvidence(new AutomationEvidence(9, Duration.ofSeconds(3), 0.4))
            .evidenceFrames(5)
            .segmentWindow(Duration.ofSeconds(2))
            .minQuality(0.3)
            .build();
    VerdictConfig configured =
        Messages.config(
            PolicySettings.VERSION, "2",
            PolicySettings.AGGREGATION, "top-fraction",
            PolicySettings.TOP_FRACTION, "0.5",
            PolicySettings.OPERATING_POINT, "strict",
            PolicySettings.FAKE_AT, "0.8",
            PolicySettings.REAL_BELOW, "0.2",
            PolicySettings.MIN_TRACK_FRAMES, "9",
            PolicySettings.MAX_FAILED_SHARE, "0.2",
            PolicySettings.AUTOMATION_MARGIN, "0.1",
            PolicySettings.AUTOMATION_MIN_FRAMES, "9",
            PolicySettings.AUTOMATION_MIN_TIME, "3s",
            PolicySettings.AUTOMATION_MIN_SHARE, "0.4",
            PolicySettings.EVIDENCE_FRAMES, "5",
            PolicySettings.SEGMENT_WINDOW, "2s",
            PolicySettings.MIN_QUALITY, "0.3");
    assertEquals(built, configured.policy());
  }

  @Test
  void topFractionFindsAForgeryThatComesAndGoes() {
    List<FrameScore> scores = new ArrayList<>();
    for (int seq = 0; seq < 40; seq++) {
      scores.add(Messages.score(seq, seq >= 30 ? 0.95 : 0.05));
    }
    assertEquals(VerdictLabel.REAL, verdict(scores).getLabel());
    Verdict top = verdict(scores, PolicySettings.AGGREGATION, "top-fraction");
    assertEquals(VerdictLabel.FAKE, top.getLabel());
    assertEquals(0.95, top.getProbability(), 1.0 / 512);
  }

  @Test
  void aTrackTooShortDoesNotDecide() {
    List<FrameScore> scores = new ArrayList<>();
    for (int seq = 0; seq < 20; seq++) {
      scores.add(Messages.score(seq, seq < 3 ? 1 : 0, seq < 3 ? 0.99 : 0.1));
    }
    Verdict verdict = verdict(scores);
    assertEquals(VerdictLabel.REAL, verdict.getLabel());
    assertEquals(VerdictLabel.UNCERTAIN, verdict.getTracks(1).getLabel());
    assertEquals(0, verdict.getSegmentsCount());
  }

  @Test
  void whereAllTracksAreShortTheLongestDecides() {
    List<FrameScore> scores =
        List.of(Messages.score(0, 0, 0.1), Messages.score(1, 0, 0.1), Messages.score(2, 1, 0.99));
    assertEquals(VerdictLabel.REAL, verdict(scores).getLabel());
  }

  @Test
  void thresholdsBelongToFakeAndToUncertain() {
    assertEquals(VerdictLabel.FAKE, verdict(List.of(Messages.score(0, 0.75)), fakeAt()).getLabel());
    Verdict edge = verdict(List.of(Messages.score(0, 0.25)), PolicySettings.REAL_BELOW, "0.25");
    assertEquals(VerdictLabel.UNCERTAIN, edge.getLabel());
  }

  @Test
  void insideTheMarginAPersonDecides() {
    String[] margin = {PolicySettings.AUTOMATION_MARGIN, "0.1"};
    Verdict near = verdict(frames(10, 0.75), margin);
    assertEquals(VerdictLabel.FAKE, near.getLabel());
    assertEquals(AutomationLevel.HUMAN_REVIEW, near.getAutomation());
    assertEquals(
        "P(fake) 0.750 is nearer to a threshold than 0.1, the margin of automatic action.",
        near.getReason());
    Verdict far = verdict(frames(10, 0.85), margin);
    assertEquals(AutomationLevel.AUTOMATIC, far.getAutomation());
  }

  @Test
  void thresholdsThatNobodyChoseAreLeftToAPerson() {
    VerdictPolicy policy =
        VerdictPolicy.builder()
            .operatingPoint(ModelManifest.OperatingPoint.UNCALIBRATED)
            .automationMargin(0)
            .build();
    Verdict verdict = verdict(frames(10, 0.9), policy, Messages.config().timings());
    assertEquals(VerdictLabel.FAKE, verdict.getLabel());
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    assertEquals(
        "The model was not calibrated: its threshold promises nothing.", verdict.getReason());
  }

  @Test
  void facesOfAnotherRecipeAreLeftToAPerson() {
    List<FrameScore> scores = frames(10, 0.9);
    scores.set(0, scores.get(0).toBuilder().setExtractionMismatch(true).build());
    Verdict verdict = verdict(scores);
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    assertTrue(verdict.getProvenance().getExtractionMismatch());
    assertEquals(
        "Faces were extracted by a recipe that the model was neither trained nor measured on.",
        verdict.getReason());
  }

  @Test
  void aBriefLossOfTheFaceDoesNotCutASegment() {
    List<FrameScore> scores = new ArrayList<>();
    long[] seconds = {0, 1, 4, 5, 10}; // two empty windows, then four
    for (int seq = 0; seq < seconds.length; seq++) {
      scores.add(Messages.score(seq, 0.9).toBuilder().setPtsUs(seconds[seq] * 1_000_000).build());
    }
    List<Segment> segments = verdict(scores).getSegmentsList();
    assertEquals(2, segments.size());
    assertEquals(4, segments.get(0).getFrames());
    assertEquals(6_000_000, segments.get(0).getEndUs());
    assertEquals(10_000_000, segments.get(1).getStartUs());
  }

  private static List<FrameScore> frames(int count, double probability) {
    List<FrameScore> scores = new ArrayList<>();
    for (int seq = 0; seq < count; seq++) {
      scores.add(Messages.score(seq, probability));
    }
    return scores;
  }

  private static String[] fakeAt() {
    return new String[] {PolicySettings.FAKE_AT, "0.75"};
  }

  private static Verdict verdict(List<FrameScore> scores, String... settings) {
    VerdictConfig config = Messages.config(settings);
    return verdict(scores, config.policy(), config.timings());
  }

  private static Verdict verdict(
      List<FrameScore> scores, VerdictPolicy policy, VerdictTimings timings) {
    VideoLifecycle lifecycle = new VideoLifecycle(policy, timings);
    VideoState state = lifecycle.onMarker(null, Messages.marker(scores.size()), 1000).state();
    Verdict last = null;
    for (FrameScore score : scores) {
      Transition transition = lifecycle.onScore(state, score, 1000);
      state = transition.state();
      last = transition.verdict().orElse(last);
    }
    return last;
  }
}
