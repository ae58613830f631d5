package io.framewarden.detector.scoring;

import io.framewarden.runtime.config.Settings;

/**
 * What is scored, and what is shown.
 *
 * @param mismatch what happens to faces of another extraction recipe
 * @param evidenceMinProbability frames at or above it carry evidence, in [0, 1]
 */
public record ScoringPolicy(ExtractionMismatch mismatch, double evidenceMinProbability) {
  /** {@code refuse} (default) or {@code flag}. */
  public static final String EXTRACTION_MISMATCH = "FRAMEWARDEN_EXTRACTION_MISMATCH";

  /** P(fake) from which a frame carries its face and attention map; default 0.5. */
  public static final String EVIDENCE_MIN_PROBABILITY = "FRAMEWARDEN_EVIDENCE_MIN_PROBABILITY";

  /**
   * Every so many frames of a video, from the first, one carries evidence whatever its score, so
   * that a REAL verdict can be looked at too. By seq, because frames of a video are spread over
   * scorers and no scorer knows which frame is the first of its track.
   */
  static final int EVIDENCE_EVERY = 16;

  public static ScoringPolicy from(Settings settings) {
    return new ScoringPolicy(
        settings.choice(EXTRACTION_MISMATCH, ExtractionMismatch.REFUSE, ExtractionMismatch.class),
        settings.number(EVIDENCE_MIN_PROBABILITY, 0.5, 0, 1));
  }

  /** Whether a frame is worth showing. */
  boolean shows(int seq, double probability) {
    return probability >= evidenceMinProbability || seq % EVIDENCE_EVERY == 0;
  }
}
