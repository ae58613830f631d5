package io.framewarden.detector.verdict;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import io.framewarden.schemas.model.ModelManifest;
import java.time.Duration;

/** Reads a {@link VerdictPolicy} from the environment. */
public final class PolicySettings {
  @ConfigDescription("Free text that names the policy in every verdict.")
  public static final String VERSION = "FRAMEWARDEN_POLICY_VERSION";

  @ConfigDescription(
      "A track's probability: the mean of its frames, or of the top fraction of them.")
  public static final String AGGREGATION = "FRAMEWARDEN_POLICY_AGGREGATION";

  @ConfigDescription("Share of a track's frames that top-fraction averages.")
  public static final String TOP_FRACTION = "FRAMEWARDEN_POLICY_TOP_FRACTION";

  @ConfigDescription(
      value =
          "Which of the model's operating points; with the role verdicts, a name for the"
              + " thresholds.",
      byDefault = "the model's first")
  public static final String OPERATING_POINT = "FRAMEWARDEN_POLICY_OPERATING_POINT";

  @ConfigDescription(
      value = "P(fake) at or above which a video is FAKE.",
      byDefault = "the model's own; 0.7 with the role verdicts")
  public static final String FAKE_AT = "FRAMEWARDEN_POLICY_FAKE_AT";

  @ConfigDescription(
      value = "P(fake) below which a video is REAL.",
      byDefault = "the model's own; 0.3 with the role verdicts")
  public static final String REAL_BELOW = "FRAMEWARDEN_POLICY_REAL_BELOW";

  @ConfigDescription("Scored frames that a track needs to decide.")
  public static final String MIN_TRACK_FRAMES = "FRAMEWARDEN_POLICY_MIN_TRACK_FRAMES";

  @ConfigDescription("Share of face frames that may fail before a video is INCOMPLETE.")
  public static final String MAX_FAILED_SHARE = "FRAMEWARDEN_POLICY_MAX_FAILED_SHARE";

  @ConfigDescription("Distance from the thresholds that automatic action requires.")
  public static final String AUTOMATION_MARGIN = "FRAMEWARDEN_POLICY_AUTOMATION_MARGIN";

  @ConfigDescription("Scored frames that must decide for automatic action.")
  public static final String AUTOMATION_MIN_FRAMES = "FRAMEWARDEN_POLICY_AUTOMATION_MIN_FRAMES";

  @ConfigDescription(
      "Time from the first to the last scored frame of the longest track, for automatic action.")
  public static final String AUTOMATION_MIN_TIME = "FRAMEWARDEN_POLICY_AUTOMATION_MIN_TIME";

  @ConfigDescription(
      "Share of a stream's sampled frames in which a face must decide, for automatic action.")
  public static final String AUTOMATION_MIN_SHARE = "FRAMEWARDEN_POLICY_AUTOMATION_MIN_SHARE";

  @ConfigDescription("Evidence frames in a verdict.")
  public static final String EVIDENCE_FRAMES = "FRAMEWARDEN_POLICY_EVIDENCE_FRAMES";

  @ConfigDescription("Width of the windows of time that segments are made of.")
  public static final String SEGMENT_WINDOW = "FRAMEWARDEN_POLICY_SEGMENT_WINDOW";

  @ConfigDescription("Quality below which a scored frame does not decide; 0 for none.")
  public static final String MIN_QUALITY = "FRAMEWARDEN_POLICY_MIN_QUALITY";

  static final VerdictPolicy DEFAULTS = VerdictPolicy.builder().build();

  private PolicySettings() {}

  /** The policy; bad values and combinations are reported to the settings. */
  static VerdictPolicy from(Settings settings) {
    return VerdictPolicy.builder()
        .version(settings.text(VERSION, DEFAULTS.version()))
        .aggregation(
            settings.choice(AGGREGATION, DEFAULTS.aggregation(), Aggregation.class),
            settings.number(TOP_FRACTION, DEFAULTS.topFraction(), 0.001, 1))
        .operatingPoint(operatingPoint(settings))
        .minTrackFrames(settings.integer(MIN_TRACK_FRAMES, DEFAULTS.minTrackFrames(), 1, 1_000_000))
        .maxFailedShare(settings.number(MAX_FAILED_SHARE, DEFAULTS.maxFailedShare(), 0, 1))
        .automationMargin(settings.number(AUTOMATION_MARGIN, DEFAULTS.automationMargin(), 0, 1))
        .automationEvidence(automationEvidence(settings))
        .evidenceFrames(settings.integer(EVIDENCE_FRAMES, DEFAULTS.evidenceFrames(), 0, 64))
        .segmentWindow(segmentWindow(settings))
        .minQuality(settings.number(MIN_QUALITY, DEFAULTS.minQuality(), 0, 1))
        .build();
  }

  /** Whether the environment sets a threshold itself. */
  static boolean givesThresholds(Settings settings) {
    return !settings.text(FAKE_AT, "").isEmpty() || !settings.text(REAL_BELOW, "").isEmpty();
  }

  private static ModelManifest.OperatingPoint operatingPoint(Settings settings) {
    ModelManifest.OperatingPoint standard = DEFAULTS.operatingPoint();
    String name = settings.text(OPERATING_POINT, standard.name());
    double fakeAt = settings.number(FAKE_AT, standard.fakeAt(), 0, 1);
    double realBelow = settings.number(REAL_BELOW, Math.min(standard.realBelow(), fakeAt), 0, 1);
    if (realBelow > fakeAt) {
      settings.problem(
          REAL_BELOW
              + " is "
              + realBelow
              + ", which is above "
              + FAKE_AT
              + " "
              + fakeAt
              + ": a probability between them would be REAL and FAKE at once");
      realBelow = fakeAt;
    }
    return new ModelManifest.OperatingPoint(name, fakeAt, realBelow);
  }

  private static AutomationEvidence automationEvidence(Settings settings) {
    AutomationEvidence standard = DEFAULTS.automationEvidence();
    return new AutomationEvidence(
        settings.integer(AUTOMATION_MIN_FRAMES, standard.minFrames(), 0, 1_000_000),
        settings.duration(AUTOMATION_MIN_TIME, standard.minTime()),
        settings.number(AUTOMATION_MIN_SHARE, standard.minShare(), 0, 1));
  }

  private static Duration segmentWindow(Settings settings) {
    Duration window = settings.duration(SEGMENT_WINDOW, DEFAULTS.segmentWindow());
    if (window.toMillis() < 1) {
      settings.problem(SEGMENT_WINDOW + " is " + window + ", which is under a millisecond");
      return DEFAULTS.segmentWindow();
    }
    return window;
  }
}
