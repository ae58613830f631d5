package io.framewarden.detector.scoring;

/** What to do with a face that another recipe extracted than the model was trained on. */
public enum ExtractionMismatch {
  /** It fails, with its reason: a score would mean nothing that was ever measured. */
  REFUSE,
  /** It is scored, and the score says so: for trying a model on older extractions. */
  FLAG
}
