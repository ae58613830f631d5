package io.framewarden.ingest.sandbox;

/** What becomes of decoders that a machine does not confine in every way. */
public enum ConfinementPolicy {
  /** They work; the log, /readyz and a metric say what is missing. */
  BEST,
  /** None works, and the service does not start. */
  REQUIRE
}
