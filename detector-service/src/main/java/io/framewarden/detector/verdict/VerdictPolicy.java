package io.framewarden.detector.verdict;

import io.framewarden.schemas.model.ModelManifest;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.FrameScore;
import io.framewarden.v1.VerdictLabel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * How scores become a label. Every setting that can change a verdict is here, and {@link #digest()}
 * covers them all, so that a verdict can be made again.
 *
 * @param version free text for people
 * @param aggregation how a track's frames become its probability
 * @param topFraction share of a track's frames that TOP_FRACTION averages, in (0, 1]
 * @param operatingPoint FAKE at or above fakeAt, REAL below realBelow, UNCERTAIN between
 * @param notDetected what the judging model is known not to detect, which a verdict of REAL says;
 *     empty where nothing is known
 * @param minTrackFrames scored frames that a track needs to decide; where no track has them, the
 *     longest decides
 * @param maxFailedShare share of a video's face frames that may fail to be scored, in [0, 1]; above
 *     it the video is INCOMPLETE
 * @param automationMargin how far outside the operating point's thresholds a probability must lie
 *     for a machine to act on it, in [0, 1]
 * @param automationEvidence how much must have been seen for a machine to act on the label
 * @param evidenceFrames how many frames a verdict shows
 * @param segmentWindow width of the windows of time that segments are made of
 * @param minQuality scored frames of a lower quality count for completeness, not for any
 *     probability, in [0, 1]; 0 for none. Frames without a quality always count
 */
public record VerdictPolicy(
    String version,
    Aggregation aggregation,
    double topFraction,
    ModelManifest.OperatingPoint operatingPoint,
    String notDetected,
    int minTrackFrames,
    double maxFailedShare,
    double automationMargin,
    AutomationEvidence automationEvidence,
    int evidenceFrames,
    Duration segmentWindow,
    double minQuality) {

  /**
   * @throws IllegalArgumentException when realBelow is above fakeAt
   */
  public VerdictPolicy {
    if (operatingPoint.realBelow() > operatingPoint.fakeAt()) {
      throw new IllegalArgumentException(
          "realBelow "
              + operatingPoint.realBelow()
              + " is above fakeAt "
              + operatingPoint.fakeAt()
              + ": a probability between them would be REAL and FAKE at once");
    }
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same policy for another model, at one of its operating points. */
  public VerdictPolicy forModel(ModelManifest model, ModelManifest.OperatingPoint point) {
    return new VerdictPolicy(
        version,
        aggregation,
        topFraction,
        point,
        model.notDetected(),
        minTrackFrames,
        maxFailedShare,
        automationMargin,
        automationEvidence,
        evidenceFrames,
        segmentWindow,
        minQuality);
  }

  /** Whether the quality of a scored frame lets it count for a probability. */
  boolean isGoodEnough(FrameScore score) {
    return !score.hasQuality() || score.getQuality() >= minQuality;
  }

  /** REAL, FAKE or UNCERTAIN. */
  public VerdictLabel labelOf(double probability) {
    if (probability >= operatingPoint.fakeAt()) {
      return VerdictLabel.FAKE;
    }
    return probability < operatingPoint.realBelow() ? VerdictLabel.REAL : VerdictLabel.UNCERTAIN;
  }

  /** Whether a probability lies far enough from the thresholds for a machine to act on it. */
  boolean isOutsideMargin(double probability) {
    return probability >= operatingPoint.fakeAt() + automationMargin
        || probability < operatingPoint.realBelow() - automationMargin;
  }

  /** Every setting in a fixed order, one a line. */
  public String canonicalText() {
    return String.join(
        "\n",
        List.of(
            "framewarden verdict policy 1",
            "version=" + version,
            "aggregation=" + aggregation,
            "topFraction=" + topFraction,
            "operatingPoint=" + operatingPoint.name(),
            "fakeAt=" + operatingPoint.fakeAt(),
            "realBelow=" + operatingPoint.realBelow(),
            "notDetected=" + notDetected,
            "minTrackFrames=" + minTrackFrames,
            "maxFailedShare=" + maxFailedShare,
            "automationMargin=" + automationMargin,
            "automationMinFrames=" + automationEvidence.minFrames(),
            "automationMinTime=" + automationEvidence.minTime(),
            "automationMinShare=" + automationEvidence.minShare(),
            "evidenceFrames=" + evidenceFrames,
            "segmentWindow=" + segmentWindow,
            "minQuality=" + minQuality,
            ""));
  }

  /** Lower-case hex sha256 of {@link #canonicalText()} in UTF-8. */
  public String digest() {
    return Sha256.of(canonicalText().getBytes(StandardCharsets.UTF_8));
  }

  /** Builds a policy; what is not set keeps its default. Not safe for several threads. */
  public static final class Builder {
    private String version = "1";
    private Aggregation aggregation = Aggregation.MEAN;
    private double topFraction = 0.25;
    private ModelManifest.OperatingPoint operatingPoint =
        new ModelManifest.OperatingPoint("default", 0.7, 0.3);
    private int minTrackFrames = 8;
    private double maxFailedShare = 0.1;
    private double automationMargin;
    private AutomationEvidence automationEvidence =
        new AutomationEvidence(8, Duration.ofSeconds(1), 0.1);
    private int evidenceFrames = 4;
    private Duration segmentWindow = Duration.ofSeconds(1);
    private double minQuality;

    private Builder() {}

    public Builder version(String text) {
      version = text;
      return this;
    }

    /**
     * @param fraction share of a track's frames that TOP_FRACTION averages, in (0, 1]
     */
    public Builder aggregation(Aggregation kind, double fraction) {
      aggregation = kind;
      topFraction = fraction;
      return this;
    }

    public Builder operatingPoint(ModelManifest.OperatingPoint point) {
      operatingPoint = point;
      return this;
    }

    public Builder minTrackFrames(int frames) {
      minTrackFrames = frames;
      return this;
    }

    public Builder maxFailedShare(double share) {
      maxFailedShare = share;
      return this;
    }

    public Builder automationMargin(double margin) {
      automationMargin = margin;
      return this;
    }

    public Builder automationEvidence(AutomationEvidence needed) {
      automationEvidence = needed;
      return this;
    }

    public Builder evidenceFrames(int frames) {
      evidenceFrames = frames;
      return this;
    }

    public Builder segmentWindow(Duration window) {
      segmentWindow = window;
      return this;
    }

    public Builder minQuality(double quality) {
      minQuality = quality;
      return this;
    }

    /**
     * The policy, of which no model is known yet.
     *
     * @throws IllegalArgumentException when the operating point's realBelow is above its fakeAt
     */
    public VerdictPolicy build() {
      return new VerdictPolicy(
          version,
          aggregation,
          topFraction,
          operatingPoint,
          "",
          minTrackFrames,
          maxFailedShare,
          automationMargin,
          automationEvidence,
          evidenceFrames,
          segmentWindow,
          minQuality);
    }
  }
}
