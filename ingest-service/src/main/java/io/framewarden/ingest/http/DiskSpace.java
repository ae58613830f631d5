package io.framewarden.ingest.http;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.runtime.lifecycle.Health;
import io.framewarden.runtime.store.FreeSpace;
import io.framewarden.runtime.store.ObjectStore;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.io.IOException;

/** The disks that uploads need. What there is now is what counts: nothing has to be reset. */
final class DiskSpace {
  private final ObjectStore store;
  private final FreeSpace staging;
  private final long maxBytes;

  private interface Disk {
    long free() throws IOException;
  }

  /**
   * @param staging where unfinished uploads lie
   * @param maxBytes of the largest upload that is allowed
   */
  DiskSpace(ObjectStore store, FreeSpace staging, long maxBytes, CollectorRegistry registry) {
    this.store = store;
    this.staging = staging;
    this.maxBytes = maxBytes;
    Gauge free =
        Gauge.build("framewarden_disk_free_bytes", "Bytes that uploads may take of a disk.")
            .labelNames("disk")
            .create();
    free.setChild(gauge(store::freeBytes), "store");
    free.setChild(gauge(this.staging::bytes), "staging");
    registry.register(free);
  }

  /** Refuses content that is announced to be larger than the room for it. */
  void check(long announced) throws ApiException, IOException {
    if (announced > store.freeBytes()) {
      throw new ApiException(
          ProblemType.STORAGE_FULL, "the server has no room for this file now; try again later");
    }
  }

  /** Ready all the same: status, deletion and extraction need no room. */
  Health health() {
    try {
      String text = refused("uploads", store.freeBytes(), "the object store");
      if (text.isEmpty()) {
        text = refused("resumable uploads", staging.bytes(), "the staging folder");
      }
      return text.isEmpty() ? Health.ready() : Health.ready(text);
    } catch (IOException e) {
      return Health.ready("a disk cannot be looked at: " + e.getMessage());
    }
  }

  /** Said before the disk is full: from when on some that are allowed find no room. */
  private String refused(String what, long free, String where) {
    if (free >= maxBytes) {
      return "";
    }
    return free == 0
        ? "%s are refused: the disk of %s is full".formatted(what, where)
        : "%s of more than %d MB are refused: the disk of %s has no more room"
            .formatted(what, free >> 20, where);
  }

  private static Gauge.Child gauge(Disk disk) {
    return new Gauge.Child() {
      @Override
      public double get() {
        try {
          return disk.free();
        } catch (IOException e) {
          return Double.NaN;
        }
      }
    };
  }
}
