package io.framewarden.detector;

/** What a detector process does. Scorers belong on GPU nodes, verdicts on CPU nodes. */
public enum DetectorRole {
  SCORER,
  VERDICTS,
  BOTH;

  boolean scores() {
    return this != VERDICTS;
  }

  boolean judges() {
    return this != SCORER;
  }
}
