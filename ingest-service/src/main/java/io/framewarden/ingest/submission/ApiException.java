package io.framewarden.ingest.submission;

import java.time.Duration;
import java.util.Optional;

/** A request that is not fulfilled; the message says why and what to do. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProblemType kind;
  private final Duration retryAfter;

  public ApiException(ProblemType kind, String message) {
    this(kind, message, null);
  }

  /**
   * @param retryAfter when it may work; null for unknown
   */
  public ApiException(ProblemType kind, String message, Duration retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public ProblemType kind() {
    return kind;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
