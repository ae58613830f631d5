package io.framewarden.detector.scoring;

/** What to do with a face of an extraction recipe that the model's manifest does not name. */
public enum ExtractionMismatch {
  /** It gets a failed score: no evaluation covers what the model says of it. */
  REFUSE,
  /** It is scored, and the score is flagged: for trying a model on older extractions. */
  FLAG
}
