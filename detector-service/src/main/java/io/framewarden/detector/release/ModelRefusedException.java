package io.framewarden.detector.release;

import java.util.Locale;

/**
 * An artifact that must not be used to score. The message names the folder, the digests and the
 * numbers.
 */
public final class ModelRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The check that failed. */
  public enum Reason {
    /** It could not be read from the store: worth a retry. */
    FETCH,
    /** The store's manifest is not the one that the release names. */
    DIGEST,
    /** A file is missing, is not what the manifest says, or the manifest itself is unsound. */
    ARTIFACT,
    /** The engine cannot load or run it. */
    ENGINE,
    /** Its answers to the golden faces differ. */
    PARITY,
    /** No trusted key has signed the release. */
    SIGNATURE;

    /** As a metric's label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  ModelRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  ModelRefusedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The check that failed. */
  public Reason reason() {
    return reason;
  }
}
