package io.framewarden.detector.scoring;

/** What to do with a face that was not extracted by the recipe that the model was trained on. */
public enum ExtractionMismatch {
  /** It gets a failed score: no evaluation covers what the model says of it. */
  REFUSE,
  /** It is scored, and the score is flagged: for trying a model on older extractions. */
  FLAG
}
