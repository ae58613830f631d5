package io.framewarden.ingest.submission;

import java.time.Duration;
import java.util.Optional;

/** A request that is not fulfilled; the message says why and what to do. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final Duration retryAfter;

  public ApiException(ProblemType type, String message) {
    this(type, message, null);
  }

  /**
   * @param retryAfter when it may work; null for unknown
   */
  public ApiException(ProblemType type, String message, Duration retryAfter) {
    super(message);
    this.type = type;
    this.retryAfter = retryAfter;
  }

  public ProblemType type() {
    return type;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
