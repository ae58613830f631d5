package io.framewarden.ingest.access;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Bytes of each submitter: what is stored, and what uploads that are under way have claimed. Safe
 * for several threads.
 */
public final class StorageQuota {
  private final long limit;
  private final ToLongFunction<String> stored;
  private final Map<String, Long> claimed = new HashMap<>();

  /**
   * @param limit bytes; 0 for no limit
   * @param stored the bytes of a submitter that are stored
   */
  public StorageQuota(long limit, ToLongFunction<String> stored) {
    this.limit = limit;
    this.stored = stored;
  }

  /** A quota that allows everything. */
  public static StorageQuota unlimited() {
    return new StorageQuota(0, submitter -> 0);
  }

  /** The bytes of an upload under way; closed when it is stored, or over. */
  public final class Claim implements AutoCloseable {
    private final String submitter;
    private long bytes;

    private Claim(String submitter) {
      this.submitter = submitter;
    }

    /**
     * Makes the claim at least so large.
     *
     * @return false when the quota does not allow it; the claim stays as it was
     */
    public boolean growTo(long size) {
      synchronized (StorageQuota.this) {
        long more = size - bytes;
        if (more <= 0) {
          return true;
        }
        long others = stored.applyAsLong(submitter) + claimed.getOrDefault(submitter, 0L);
        if (limit > 0 && more > limit - others) {
          return false;
        }
        claimed.merge(submitter, more, Long::sum);
        bytes = size;
        return true;
      }
    }

    @Override
    public void close() {
      synchronized (StorageQuota.this) {
        long released = bytes;
        claimed.computeIfPresent(
            submitter, (name, all) -> all > released ? Long.valueOf(all - released) : null);
        bytes = 0;
      }
    }
  }

  /** A claim of nothing yet. */
  public Claim claim(String submitter) {
    return new Claim(submitter);
  }
}
