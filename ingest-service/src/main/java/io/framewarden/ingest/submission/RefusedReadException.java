package io.framewarden.ingest.submission;

import java.io.IOException;
import java.util.Optional;

/** Carries a refusal through readers that only know I/O errors, the object store above all. */
public final class RefusedReadException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  public RefusedReadException(Refusal refusal) {
    super(refusal.getMessage(), refusal);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }

  /** The refusal that an exception was caused by, if one was. */
  public static Optional<Refusal> in(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedReadException refused) {
        return Optional.of(refused.refusal());
      }
    }
    return Optional.empty();
  }
}
