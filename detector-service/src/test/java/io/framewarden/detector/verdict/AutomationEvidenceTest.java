package io.framewarden.detector.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.detector.verdict.state.VideoState;
import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.v1.AutomationLevel;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.Verdict;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much must have been seen for automatic action, and what is said of short tracks. */
class AutomationEvidenceTest {
  private static final String[] ANY = {
    PolicySettings.AUTOMATION_MIN_FRAMES, "0",
    PolicySettings.AUTOMATION_MIN_TIME, "0s",
    PolicySettings.AUTOMATION_MIN_SHARE, "0"
  };

  @Test
  void enoughIsAutomaticWithoutAReason() {
    Verdict verdict = verdict(marker(8, 80), track(0, 8, 0.9));
    assertEquals(AutomationLevel.AUTOMATIC, verdict.getAutomation());
    assertEquals("", verdict.getReason());
  }

  @Test
  void tooFewFramesAreLeftToAPerson() {
    Verdict verdict =
        verdict(marker(10, 80), track(0, 10, 0.9), PolicySettings.AUTOMATION_MIN_FRAMES, "12");
    assertLeftToAPerson(
        "10 scored frames decide, 2 fewer than the 12 that automatic action needs.", verdict);
  }

  @Test
  void theFramesOfAllDecidingTracksCount() {
    List<FrameScore> scores = track(0, 8, 0.9);
    scores.addAll(track(1, 8, 0.8));
    String[] sixteen = {PolicySettings.AUTOMATION_MIN_FRAMES, "16"};
    assertEquals(
        AutomationLevel.AUTOMATIC, verdict(marker(16, 80), scores, sixteen).getAutomation());
    scores.addAll(track(2, 7, 0.8));
    String[] more = {PolicySettings.AUTOMATION_MIN_FRAMES, "17"};
    assertLeftToAPerson(
        "16 scored frames decide, 1 fewer than the 17 that automatic action needs. Track 2 has 7"
            + " scored frames; the policy needs 8 to decide.",
        verdict(marker(23, 80), scores, more));
  }

  @Test
  void aTrackTooBriefIsLeftToAPerson() {
    Verdict verdict =
        verdict(marker(8, 80), track(0, 8, 0.9), PolicySettings.AUTOMATION_MIN_TIME, "2s");
    assertLeftToAPerson(
        "The longest track lasts 1.75 seconds, 0.25 seconds less than the 2 seconds that automatic"
            + " action needs.",
        verdict);
  }

  @Test
  void aTrackInFewOfTheSampledFramesIsLeftToAPerson() {
    assertLeftToAPerson(
        "A face decides in a share of 0.08 of the sampled frames, 0.02 less than the 0.1 that"
            + " automatic action needs.",
        verdict(marker(8, 100), track(0, 8, 0.9)));
  }

  @Test
  void theShareIsOfTheTracksOwnStream() {
    VideoMarker marker =
        marker(8, 1000).toBuilder()
            .clearStreams()
            .addStreams(VideoStream.newBuilder().setIndex(0).setSampledFrames(990))
            .addStreams(VideoStream.newBuilder().setIndex(1).setSampledFrames(10))
            .build();
    List<FrameScore> scores =
        track(0, 8, 0.9).stream().map(score -> score.toBuilder().setStream(1).build()).toList();
    assertEquals(AutomationLevel.AUTOMATIC, verdict(marker, scores).getAutomation());
  }

  @Test
  void settingsOfZeroNeedNothing() {
    Verdict verdict = verdict(marker(1, 1000), track(0, 1, 0.9), ANY);
    assertEquals(AutomationLevel.AUTOMATIC, verdict.getAutomation());
    assertEquals(
        "No track has the 8 scored frames that the policy needs; the longest decides.",
        verdict.getReason());
  }

  @Test
  void aFewShortTracksAreNamedAndManyAreCounted() {
    List<FrameScore> scores = track(0, 8, 0.1);
    scores.addAll(track(1, 1, 0.9));
    Verdict one = verdict(marker(9, 80), scores);
    assertEquals(VerdictLabel.UNCERTAIN, one.getTracks(1).getLabel());
    assertEquals("Track 1 has 1 scored frame; the policy needs 8 to decide.", one.getReason());
    assertEquals(AutomationLevel.AUTOMATIC, one.getAutomation());
    for (int track = 2; track < 5; track++) {
      scores.addAll(track(track, 2, 0.9));
    }
    assertEquals(
        "4 of 5 tracks have too few scored frames; the policy needs 8 to decide.",
        verdict(marker(15, 80), scores).getReason());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8})
  void anUncertainVerdictAlwaysHasAReason(int frames) {
    for (String quality : List.of("0", "1")) {
      List<FrameScore> scores =
          track(0, frames, 0.5).stream()
              .map(score -> score.toBuilder().setQuality(0.5f).build())
              .toList();
      Verdict verdict = verdict(marker(frames, 80), scores, PolicySettings.MIN_QUALITY, quality);
      assertEquals(VerdictLabel.UNCERTAIN, verdict.getLabel());
      assertFalse(verdict.getReason().isEmpty());
      assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    }
  }

  private static void assertLeftToAPerson(String reason, Verdict verdict) {
    assertEquals(VerdictLabel.FAKE, verdict.getLabel());
    assertEquals(AutomationLevel.HUMAN_REVIEW, verdict.getAutomation());
    assertEquals(reason, verdict.getReason());
  }

  @Test
  void aVerdictOfRealSaysWhatTheModelDoesNotDetect() {
    ModelManifest model =
        ModelManifest.builder()
            .operatingPoints(List.of(new ModelManifest.OperatingPoint("only", 0.6, 0.5)))
            .notDetected("talking heads")
            .build();
    VerdictConfig config = Messages.config().forModel(model);
    assertNotEquals(Messages.config().policy().digest(), config.policy().digest());
    Verdict real = verdict(config, marker(8, 80), track(0, 8, 0.1));
    assertEquals(VerdictLabel.REAL, real.getLabel());
    assertEquals("The model does not detect talking heads.", real.getReason());
    assertEquals(AutomationLevel.AUTOMATIC, real.getAutomation());
    assertEquals("", verdict(config, marker(8, 80), track(0, 8, 0.9)).getReason());
    String[] own = {PolicySettings.FAKE_AT, "0.9"};
    VerdictConfig ownThresholds = Messages.config(own).forModel(model);
    assertEquals(0.9, ownThresholds.policy().operatingPoint().fakeAt());
    assertEquals("talking heads", ownThresholds.policy().notDetected());
  }

  private static VideoMarker marker(int faceFrames, int sampled) {
    return Messages.marker(faceFrames).toBuilder()
        .clearStreams()
        .addStreams(VideoStream.newBuilder().setSampledFrames(sampled))
        .build();
  }

  private static List<FrameScore> track(int track, int frames, double probability) {
    List<FrameScore> scores = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      scores.add(
          Messages.score(i, track, probability).toBuilder()
              .setPtsUs(i * Messages.FRAME_US)
              .build());
    }
    return scores;
  }

  private static Verdict verdict(VideoMarker marker, List<FrameScore> scores, String... settings) {
    return verdict(Messages.config(settings), marker, scores);
  }

  private static Verdict verdict(
      VerdictConfig config, VideoMarker marker, List<FrameScore> scores) {
    VideoLifecycle lifecycle = new VideoLifecycle(config.policy(), config.timings());
    VideoState state = lifecycle.onMarker(null, marker, 1000).state();
    Transition last = null;
    for (int seq = 0; seq < scores.size(); seq++) {
      last = lifecycle.onScore(state, scores.get(seq).toBuilder().setSeq(seq).build(), 1000);
      state = last.state();
    }
    assertTrue(last.verdict().isPresent());
    return last.verdict().get();
  }
}
