package io.framewarden.ingest.http;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ApiIOException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.lifecycle.Service;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests whose content is being read: so many at once. When it is closed their reading ends,
 * and they are answered with 503, as nobody would take their content any more; so it is closed
 * after the API, and before what the content is handed to. Safe for several threads.
 */
final class OpenUploads implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(OpenUploads.class);

  /** How long closing waits; a read that gets no byte cannot be ended. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final int limit;
  private final Semaphore slots;
  private volatile boolean closed;

  OpenUploads(int limit) {
    this.limit = limit;
    this.slots = new Semaphore(limit);
  }

  /** Takes a slot, without waiting. */
  boolean tryOpen() {
    return slots.tryAcquire();
  }

  /** Gives a slot back. */
  void ended() {
    slots.release();
  }

  /** Content whose reading ends when this is closed. */
  InputStream endable(InputStream content) {
    return new FilterInputStream(content) {
      @Override
      public int read() throws IOException {
        int read = super.read();
        check();
        return read;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        check();
        return read;
      }
    };
  }

  /** The answer to whoever comes while the service stops. */
  static ApiException stopping() {
    return new ApiException(
        ProblemType.UNAVAILABLE, "the service is stopping; try again in a moment", RETRY_AFTER);
  }

  @Override
  public String name() {
    return "open uploads";
  }

  @Override
  public void start() {}

  @Override
  public Health health() {
    return Health.ready();
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (slots.tryAcquire(limit, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        slots.release(limit);
      } else {
        LOG.warn("{} uploads are still being read", limit - slots.availablePermits());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() throws ApiIOException {
    if (closed) {
      throw new ApiIOException(stopping());
    }
  }
}
