package io.framewarden.detector.scoring;

import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;

/**
 * What is scored, and what is shown.
 *
 * @param mismatch what happens to faces of an extraction recipe that the model does not accept
 * @param evidenceMinProbability frames at or above it may carry evidence, in [0, 1]
 * @param evidenceFrames the most suspicious frames of a video that carry it, beside every 16th; 0
 *     for none at all
 */
public record ScoringPolicy(
    ExtractionMismatch mismatch, double evidenceMinProbability, int evidenceFrames) {
  @ConfigDescription(
      "What happens to faces of an extraction recipe that the model's manifest does not name:"
          + " refused, or scored and flagged.")
  public static final String EXTRACTION_MISMATCH = "FRAMEWARDEN_EXTRACTION_MISMATCH";

  @ConfigDescription("P(fake) from which a frame may carry its face and attention map.")
  public static final String EVIDENCE_MIN_PROBABILITY = "FRAMEWARDEN_EVIDENCE_MIN_PROBABILITY";

  @ConfigDescription(
      "Most suspicious frames of a video that carry evidence, not fewer than"
          + " FRAMEWARDEN_POLICY_EVIDENCE_FRAMES; 0 for no evidence.")
  public static final String EVIDENCE_FRAMES = "FRAMEWARDEN_EVIDENCE_FRAMES";

  public static ScoringPolicy from(Settings settings) {
    return new ScoringPolicy(
        settings.choice(EXTRACTION_MISMATCH, ExtractionMismatch.REFUSE, ExtractionMismatch.class),
        settings.number(EVIDENCE_MIN_PROBABILITY, 0.5, 0, 1),
        settings.integer(EVIDENCE_FRAMES, 8, 0, 64));
  }

  /** The same policy without evidence. */
  public ScoringPolicy withoutEvidence() {
    return new ScoringPolicy(mismatch, evidenceMinProbability, 0);
  }
}
