package io.framewarden.ingest.submission;

import io.framewarden.ingest.access.StorageQuota;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Content as it comes from somebody else: counted, held to the submitter's quota, and not slower
 * than a lower bound, so that nobody keeps a thread for ever by a byte now and then. It cannot end
 * a read that gets no byte at all; the connection's idle limit does. One thread; closing is left to
 * the owner of what is wrapped.
 */
public final class LimitedInputStream extends FilterInputStream {
  private static final double NANOS = 1e9;

  private final StorageQuota.Claim claim;
  private final ContentPace pace;
  private final LongConsumer counter;
  private final LongSupplier clock;
  private final long began;
  private long bytes;

  /**
   * The slowest that content may come.
   *
   * @param bytesPerSecond on average since its beginning; 0 for no bound
   * @param grace how long nothing is asked of it
   */
  public record ContentPace(long bytesPerSecond, Duration grace) {}

  /**
   * @param claim grows with the bytes
   * @param counter gets the bytes as they come
   * @param clock nanoseconds
   */
  public LimitedInputStream(
      InputStream content,
      StorageQuota.Claim claim,
      ContentPace pace,
      LongConsumer counter,
      LongSupplier clock) {
    super(content);
    this.claim = claim;
    this.pace = pace;
    this.counter = counter;
    this.clock = clock;
    this.began = clock.getAsLong();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? read : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException e) {
      ApiIOException broken =
          new ApiIOException(
              new ApiException(
                  ProblemType.BROKEN_OFF,
                  "the content broke off after " + bytes + " bytes; send it again"));
      broken.addSuppressed(e);
      throw broken;
    }
    if (read > 0) {
      bytes += read;
      counter.accept(read);
      check();
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** How many bytes came. */
  public long bytes() {
    return bytes;
  }

  private void check() throws ApiIOException {
    if (!claim.growTo(bytes)) {
      throw new ApiIOException(quotaExceeded());
    }
    double seconds = (clock.getAsLong() - began) / NANOS;
    if (seconds > pace.grace().toMillis() / 1e3 && bytes < pace.bytesPerSecond() * seconds) {
      throw new ApiIOException(
          new ApiException(
              ProblemType.TOO_SLOW,
              "the content came at less than "
                  + pace.bytesPerSecond()
                  + " bytes a second; use the resumable upload, /v1/uploads, on a slow line"));
    }
  }

  /** The refusal of content that the submitter's quota does not allow. */
  public static ApiException quotaExceeded() {
    return new ApiException(
        ProblemType.QUOTA_EXCEEDED,
        "the submitter's storage quota does not hold this video; delete others first");
  }
}
