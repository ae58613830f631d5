package io.framewarden.ingest.submission;

import java.io.IOException;
import java.util.Optional;

/** Carries a refusal through readers that only know I/O errors, the object store above all. */
public final class ApiIOException extends IOException {
  private static final long serialVersionUID = 1L;

  private final ApiException refusal;

  public ApiIOException(ApiException refusal) {
    super(refusal.getMessage(), refusal);
    this.refusal = refusal;
  }

  public ApiException refusal() {
    return refusal;
  }

  /** The refusal that an exception was caused by, if one was. */
  public static Optional<ApiException> in(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiIOException refused) {
        return Optional.of(refused.refusal());
      }
    }
    return Optional.empty();
  }
}
