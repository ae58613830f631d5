package io.framewarden.runtime.lifecycle;

/**
 * A part of a process that runs until it is closed. {@link #health()} may be called from any thread
 * at any time; start and close from one thread.
 */
public interface Service extends AutoCloseable {

  /** A short name for logs and /readyz. */
  String name();

  /** Begins; returns once the service runs, which may be before it is ready. */
  void start();

  /** How it is now; FAILED is final, and the process should exit. */
  Health health();

  /** Stops, waits for its threads and gives everything back. Safe to call twice. */
  @Override
  void close();
}
