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
 * names them all, so that a verdict can be made again.
 *
 * @param version free text for people
 * @param aggregation from frames to a track
 * @param topFraction of a track's frames that TOP_FRACTION averages, in (0, 1]
 * @param operatingPoint FAKE at or above fakeAt, REAL below realBelow, UNCERTAIN between
 * @param minTrackFrames scored frames that a track needs to decide; where no track has them, the
 *     longest decides
 * @param maxFailedShare largest share of a video's face frames that may fail to be scored; above it
 *     the video is INCOMPLETE
 * @param automationMargin how far outside the operating point's thresholds a probability must lie
 *     for a machine to act on it
 * @param evidenceFrames how many frames a verdict shows
 * @param segmentWindow windows of time that segments are made of
 * @param minQuality scored frames of a lower quality count for completeness, not for any
 *     probability; 0 for none. Frames that say nothing of their quality always count
 */
public record VerdictPolicy(
    String version,
    Aggregation aggregation,
    double topFraction,
    ModelManifest.OperatingPoint operatingPoint,
    int minTrackFrames,
    double maxFailedShare,
    double automationMargin,
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

  /** The same policy at another operating point. */
  public VerdictPolicy withOperatingPoint(ModelManifest.OperatingPoint point) {
    return new VerdictPolicy(
        version,
        aggregation,
        topFraction,
        point,
        minTrackFrames,
        maxFailedShare,
        automationMargin,
        evidenceFrames,
        segmentWindow,
        minQuality);
  }

  /** Whether a scored frame is good enough to decide. */
  boolean counts(FrameScore score) {
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
  boolean isClear(double probability) {
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
            "minTrackFrames=" + minTrackFrames,
            "maxFailedShare=" + maxFailedShare,
            "automationMargin=" + automationMargin,
            "evidenceFrames=" + evidenceFrames,
            "segmentWindow=" + segmentWindow,
            "minQuality=" + minQuality,
            ""));
  }

  /** sha256 of {@link #canonicalText()} in UTF-8. */
  public String digest() {
    return Sha256.of(canonicalText().getBytes(StandardCharsets.UTF_8));
  }
}
